import { own } from '../own.ts';
import type { Run } from '../schemas.ts';
import { codeTag } from './runTags.ts';
import { runDataName } from './runText.ts';
import { withoutSecrets } from './withoutSecrets.ts';

/** One thing that runs are told apart by; null where a run has no such thing. */
export interface ComparedRow {
  what: string;
  values: (string | null)[];
  differs: boolean;
}

/** Data, code and command first, then parameters, then metrics; what a machine measured of itself is left out. */
export function compareRuns(runs: readonly Run[]): ComparedRow[] {
  const row = (what: string, of: (run: Run) => string | undefined): ComparedRow => {
    const values = runs.map((run) => of(run) ?? null);
    return { what, values, differs: new Set(values).size > 1 };
  };
  const keys = (of: (run: Run) => object) => [...new Set(runs.flatMap((run) => Object.keys(of(run))))].sort();
  return [
    row('data', ({ datasets }) => datasets.map(runDataName).join(', ') || undefined),
    row('commit', ({ tags }) => tags[codeTag.commit]?.slice(0, 10)),
    row('files changed since', ({ tags }) => tags[codeTag.changed]),
    row('command', ({ command }) => (command ? withoutSecrets(command).join(' ') : undefined)),
    row('state', ({ state }) => state),
    ...keys(({ params }) => params).map((key) => row(`param ${key}`, ({ params }) => own(params, key))),
    ...keys(({ metrics }) => metrics)
      .filter((key) => !key.startsWith('system/'))
      .map((key) => row(`metric ${key}`, ({ metrics }) => own(metrics, key)?.text)),
  ].filter(({ values }) => values.some((value) => value !== null));
}
