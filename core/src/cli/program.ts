import { Command } from 'commander';
import { programVersion } from '../api/version.ts';
import { addCacheCommands } from './commands/cache/index.ts';
import { addCacheStoreCommands } from './commands/cache/store/index.ts';
import { addDaemon } from './commands/daemon.ts';
import { addData } from './commands/data/index.ts';
import { addDown } from './commands/down.ts';
import { addEnv } from './commands/env.ts';
import { addHub } from './commands/hub.ts';
import { addLake } from './commands/lake.ts';
import { addLineage } from './commands/lineage/index.ts';
import { addMcp } from './commands/mcp.ts';
import { addMount } from './commands/mount.ts';
import { addRelay } from './commands/relay.ts';
import { addRuns } from './commands/runs/index.ts';
import { addReproduce } from './commands/runs/reproduce.ts';
import { addRun } from './commands/runs/run.ts';
import { addStatus } from './commands/status.ts';
import { addUnmount } from './commands/unmount.ts';
import { addUp } from './commands/up.ts';
import type { Session } from './session.ts';

export type AddCommand = (parent: Command, session: Session) => void;

/** The whole command line. Commander's failures are thrown, not printed: `main` says them as it says all others. */
export function buildProgram(session: Session): Command {
  const program = new Command('forebay')
    .description('Immutable dataset versions in a lake, cached next to the compute.')
    .version(programVersion)
    .option('-C <dir>', 'work in this folder instead of the current one')
    .option('--json', 'print one JSON value')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => session.stdout.write(text),
      writeErr: (text) => session.stderr.write(text),
      outputError: () => {},
    })
    .exitOverride();
  const all: AddCommand[] = [
    addUp,
    addDown,
    addStatus,
    addData,
    addCacheCommands,
    addCacheStoreCommands,
    addLake,
    addMount,
    addUnmount,
    addEnv,
    addHub,
    addRun,
    addRuns,
    addReproduce,
    addLineage,
    addMcp,
    addDaemon,
    addRelay,
  ];
  for (const add of all) add(program, session);
  return program;
}
