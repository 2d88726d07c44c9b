import type { Command } from 'commander';
import { runDataName } from '../../../api/runText.ts';
import type { Run } from '../../../api/schemas.ts';
import { act } from '../../act.ts';
import { Misuse } from '../../misuse.ts';
import { findRun } from '../../run/findRun.ts';
import type { Paint, Session } from '../../session.ts';
import { formatTable } from '../../table.ts';

/** One thing that runs are told apart by; null where a run has no such thing. */
export interface ComparedRow {
  what: string;
  values: (string | null)[];
  differs: boolean;
}

export function addRunsCompare(parent: Command, session: Session): void {
  parent
    .command('compare')
    .description('parameters, metrics, data and code of runs side by side; what differs, unless --all')
    .argument('<runs...>', 'ids, beginnings of ids, or names')
    .option('--all', 'also what is the same in all')
    .action(
      act<{ all?: boolean }, [string[]]>(session, async (context, { all }, which) => {
        if (which.length < 2) throw new Misuse('Name two runs or more.');
        const client = await context.client();
        const runs = await Promise.all(which.map((each) => findRun(client, each)));
        const rows = compareRuns(runs).filter(({ differs }) => all === true || differs);
        const text =
          rows.length === 0 ? 'Nothing that is recorded differs.' : table(runs, rows, context.paint);
        return { json: { runs: runs.map(({ id, name }) => ({ id, name })), rows }, text };
      }),
    );
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
    row('commit', ({ tags }) => tags['mlflow.source.git.commit']?.slice(0, 10)),
    row('files changed since', ({ tags }) => tags['forebay.code.changed']),
    row('command', ({ command }) => command?.join(' ')),
    row('state', ({ state }) => state),
    ...keys(({ params }) => params).map((key) => row(`param ${key}`, ({ params }) => params[key])),
    ...keys(({ metrics }) => metrics)
      .filter((key) => !key.startsWith('system/'))
      .map((key) => row(`metric ${key}`, ({ metrics }) => metrics[key]?.text)),
  ].filter(({ values }) => values.some((value) => value !== null));
}

function table(runs: readonly Run[], rows: ComparedRow[], paint: Paint): string {
  return formatTable(
    rows,
    [
      { title: '', of: ({ what }) => what },
      ...runs.map(({ name }, at) => ({
        title: name,
        of: ({ values }: ComparedRow) => values[at] ?? '-',
      })),
    ],
    paint,
  );
}
