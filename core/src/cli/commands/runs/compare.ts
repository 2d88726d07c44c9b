import type { Command } from 'commander';
import { type ComparedRow, compareRuns } from '../../../api/run/compareRuns.ts';
import type { Run } from '../../../api/schemas.ts';
import { findRun } from '../../../client/find/run.ts';
import { act } from '../../act.ts';
import { Misuse } from '../../misuse.ts';
import type { Paint, Session } from '../../session.ts';
import { formatTable } from '../../text/table.ts';

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
