import type { Run } from '@forebay/core/api/schemas';
import { runSentence, runState, runWords } from '../model/run.ts';
import { MiddleName } from './MiddleName.tsx';

function RunLine({ run }: { run: Run }) {
  return (
    <li className="fb-run" title={runSentence(run)}>
      <span className="fb-run-head">
        <MiddleName name={run.name} />
        <span className={run.state === 'failed' || run.state === 'lost' ? 'fb-problem' : 'fb-number'}>
          {runState(run, Date.now())}
        </span>
      </span>
      <span className="fb-run-words fb-dim fb-number">
        {runWords(run).map((word) => (
          <span key={word}>{word}</span>
        ))}
      </span>
    </li>
  );
}

/** The latest runs, whoever started them; nothing until there is one. */
export function Runs({ runs }: { runs: readonly Run[] }) {
  if (runs.length === 0) return null;
  return (
    <section className="fb-section" aria-label="Runs">
      <h3 className="fb-section-title">Runs</h3>
      <ul className="fb-list">
        {runs.map((run) => (
          <RunLine key={run.id} run={run} />
        ))}
      </ul>
    </section>
  );
}
