import { useState } from 'react';
import type { Run } from '../../src/api/schemas.ts';
import { CodeDiffView } from './CodeDiffView.tsx';
import { DataDiff } from './DataDiff.tsx';

/** Code and data of two of the runs, the oldest against the newest unless others are chosen. */
export function PairDiff({ runs }: { runs: readonly Run[] }) {
  const [chosen, setChosen] = useState<{ before: string; after: string }>({ before: '', after: '' });
  const find = (id: string, otherwise: Run | undefined) => runs.find((run) => run.id === id) ?? otherwise;
  const byAge = runs.toSorted((a, b) => Date.parse(a.started) - Date.parse(b.started));
  const [before, after] = [find(chosen.before, byAge[0]), find(chosen.after, byAge.at(-1))];
  if (!before || !after) return null;
  const choice = (name: 'before' | 'after', run: Run) => (
    <select
      className="fb-select"
      aria-label={name === 'before' ? 'First run' : 'Second run'}
      value={run.id}
      onChange={({ target }) => setChosen({ ...chosen, [name]: target.value })}
    >
      {runs.map(({ id, name: title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </select>
  );
  return (
    <section aria-label="Code and data">
      <div className="fb-toolbar">
        <h3>Code and data</h3>
        {choice('before', before)}
        <span className="fb-dim">against</span>
        {choice('after', after)}
      </div>
      {before.id === after.id ? (
        <p className="fb-dim">Choose two runs.</p>
      ) : (
        <>
          <CodeDiffView before={before} after={after} />
          <DataDiff before={before} after={after} />
        </>
      )}
    </section>
  );
}
