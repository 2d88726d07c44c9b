import path from 'node:path';
import { apiVersion, programVersion, schemaVersion } from '../../api/version.ts';
import { askHello, type FoundDaemon } from './findDaemon.ts';
import { askHandover } from './handover.ts';
import { homeOf, makeHome } from './home.ts';
import { underLock } from './lock.ts';
import { turnLog } from './log.ts';
import { negotiate, type OwnProgram } from './negotiate.ts';
import { chooseNode, nodeCandidates } from './nodeChoice.ts';
import { keepProgram, ownProgram, programHash } from './program.ts';
import { makeRuntimeFolder } from './runtimeFolder.ts';
import { startDaemon } from './startDaemon.ts';

export interface EnsureOptions {
  /** Default: `homeOf(env)`. */
  home?: string;
  /** The bundle to start, `forebay.mjs`; default: the program that is running. */
  bundle?: string;
  /** A Node to prefer to PATH's: the wheel's or the editor's own. Default: the one that is running. */
  node?: string;
  env?: NodeJS.ProcessEnv;
  /** Where a daemon is started, it makes its database anew. */
  rebuild?: boolean;
}

export interface EnsuredDaemon extends FoundDaemon {
  started: boolean;
}

/** Milliseconds: a start takes 10 s at most, a handover before it 30 s. */
const startPatience = 45_000;

/**
 * The daemon of this home, started if nobody answers; among many who ask at once one starts it.
 * Throws `daemon-unreachable` (quoting the end of its log), `daemon-newer` or `node-unfit`.
 */
export async function ensureDaemon(options: EnsureOptions = {}): Promise<EnsuredDaemon> {
  const env = options.env ?? process.env;
  const home = path.resolve(options.home ?? homeOf(env));
  const own = {
    version: programVersion,
    apiMin: apiVersion.min,
    apiMax: apiVersion.max,
    schema: schemaVersion,
  };
  makeHome(home);
  const folder = makeRuntimeFolder(home, env);
  const socketPath = path.join(folder, 'daemon.sock');

  const running = await usable(socketPath, own);
  if (running) return { ...running, started: false };
  const node = await chooseNode(nodeCandidates(env, options.node ?? process.execPath));
  return underLock(path.join(folder, 'start.lock'), startPatience, async () => {
    const meanwhile = await usable(socketPath, own);
    if (meanwhile) return { ...meanwhile, started: false };
    const program = await keepProgram(home, options.bundle ?? ownProgram());
    const old = await askHello(socketPath);
    if (old) await askHandover(old, await programHash(program));
    const log = path.join(folder, 'daemon.log');
    turnLog(log);
    return {
      ...(await startDaemon({
        node,
        program,
        home,
        socketPath,
        log,
        env,
        rebuild: options.rebuild === true,
      })),
      started: true,
    };
  });
}

/** The running daemon, unless there is none or it has to hand over. */
async function usable(socketPath: string, own: OwnProgram): Promise<FoundDaemon | undefined> {
  const found = await askHello(socketPath);
  return found && negotiate(found.hello, own) === 'use' ? found : undefined;
}
