import type { Command } from 'commander';
import type { Session } from '../../session.ts';
import { addRunsCompare } from './compare.ts';
import { addRunsLogs } from './logs.ts';
import { addRunsLs } from './ls.ts';
import { addRunsShow } from './show.ts';

export function addRuns(parent: Command, session: Session): void {
  const runs = parent.command('runs').description('runs: list, show, what they printed, what differs');
  for (const add of [addRunsLs, addRunsShow, addRunsLogs, addRunsCompare]) add(runs, session);
}
