import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ForebayError } from '../../api/errors.ts';
import type { Outcome } from '../act.ts';
import type { Context } from '../context.ts';
import { type MountRequest, mountVersion } from './mountVersion.ts';

/** Runs a command with FOREBAY_PATH set to a version that stays cached while it runs; its exit code is ours. */
export async function runOnVersion(
  context: Context,
  place: Omit<MountRequest, 'holder'>,
  command: string[],
): Promise<Outcome> {
  const own = await mountVersion(context, { ...place, holder: { kind: 'process', pid: process.pid } });
  const client = await context.client();
  const leases = [own.lease.id];
  try {
    return await context.interrupts.elsewhere(async () => {
      const child = start(context, own.path, command);
      const ended = exitCodeOf(child, command);
      // The lease is for the command itself too, so that it holds even if we are killed before it.
      const theirs = child.pid
        ? await client.leases
            .add({ ...place, holder: { kind: 'process', pid: child.pid }, sameUse: true })
            .catch(() => undefined)
        : undefined;
      if (theirs) leases.push(theirs.id);
      return { json: null, exitCode: await ended };
    });
  } finally {
    for (const id of leases) await client.leases.remove(id).catch(() => {});
  }
}

function start(context: Context, path: string, [program = '', ...args]: string[]): ChildProcess {
  const child = spawn(program, args, {
    cwd: context.folder,
    env: { ...context.env, FOREBAY_PATH: path, ...withoutProxy(context.env) },
    stdio: 'inherit',
  });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return child;
}

/** What runs here may talk to the daemon's loopback address, which no proxy must see. */
export function withoutProxy(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const known = (env.NO_PROXY ?? env.no_proxy ?? '').split(',').filter((each) => each !== '');
  const all = [...new Set([...known, '127.0.0.1'])].join(',');
  return { NO_PROXY: all, no_proxy: all };
}

function exitCodeOf(child: ChildProcess, [program]: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', (cause) =>
      reject(
        new ForebayError('path-unknown', `'${program}' can't be run: ${cause.message}.`, undefined, {
          cause,
        }),
      ),
    );
    child.on('exit', (code, signal) =>
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]),
    );
  });
}
