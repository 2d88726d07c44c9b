import type { Command } from 'commander';
import type { Session } from '../../session.ts';
import { addRunsCompare } from './compare.ts';
import { addRunsForward } from './forward.ts';
import { addRunsImport } from './import.ts';
import { addRunsLogs } from './logs.ts';
import { addRunsLs } from './ls.ts';
import { addRunsShow } from './show.ts';

export function addRuns(parent: Command, session: Session): void {
  const runs = parent
    .command('runs')
    .description('runs: list, show, what they printed, what differs; bring in and pass on');
  for (const add of [addRunsLs, addRunsShow, addRunsLogs, addRunsCompare, addRunsImport, addRunsForward])
    add(runs, session);
}
