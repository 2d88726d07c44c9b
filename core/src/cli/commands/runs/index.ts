import type { Command } from 'commander';
import type { Session } from '../../session.ts';
import { addRunsLogs } from './logs.ts';
import { addRunsLs } from './ls.ts';
import { addRunsShow } from './show.ts';

export function addRuns(parent: Command, session: Session): void {
  const runs = parent.command('runs').description('runs: list, show, what they printed');
  for (const add of [addRunsLs, addRunsShow, addRunsLogs]) add(runs, session);
}
