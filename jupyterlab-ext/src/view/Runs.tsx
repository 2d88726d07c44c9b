import type { Run } from '@forebay/core/api/schemas';
import { MiddleName } from '@forebay/core/ui';
import { runsIcon } from '../icons/index.ts';
import { runSentence, runState, runWords } from '../model/run.ts';
import { commandIds } from '../plugins/commandIds.ts';
import { useHost } from './host.ts';
import { IconButton } from './IconButton.tsx';

function RunLine({ run }: { run: Run }) {
  const host = useHost();
  return (
    <li className="fb-run">
      <span className="fb-run-head">
        <button
          type="button"
          className="fb-plain fb-run-open"
          title={runSentence(run)}
          onClick={() => host.run(commandIds.openRun, { id: run.id })}
        >
          <MiddleName name={run.name} />
        </button>
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
  const { run: execute } = useHost();
  if (runs.length === 0) return null;
  return (
    <section className="fb-section" aria-label="Runs">
      <div className="fb-section-head">
        <h3 className="fb-section-title">Runs</h3>
        <IconButton icon={runsIcon} label="Open runs" onClick={() => execute(commandIds.openRuns)} />
      </div>
      <ul className="fb-list">
        {runs.map((run) => (
          <RunLine key={run.id} run={run} />
        ))}
      </ul>
    </section>
  );
}
