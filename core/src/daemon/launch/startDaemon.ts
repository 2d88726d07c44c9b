import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ForebayError } from '../../api/errors.ts';
import { askHello, type FoundDaemon } from './findDaemon.ts';
import { endOfLog, reportedProblem } from './log.ts';
import { nodeEnvironment } from './nodeChoice.ts';

export interface StartRequest {
  node: string;
  program: string;
  home: string;
  socketPath: string;
  log: string;
  env: NodeJS.ProcessEnv;
  /** Have it make its database anew. */
  rebuild?: boolean;
}

/** Milliseconds. */
const patience = 10_000;

/** Starts a daemon in a session of its own, its output in a log, and waits until it answers. */
export async function startDaemon(request: StartRequest): Promise<FoundDaemon> {
  const before = sizeOf(request.log);
  const daemon = spawnDetached(request);
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    const found = await askHello(request.socketPath);
    if (found) return found;
    if (daemon.hasEnded()) break;
    await sleep(30);
  }
  const said = endOfLog(request.log, before);
  const why = daemon.hasEnded() ? 'ended at once' : `didn't answer within ${patience / 1000} s`;
  throw (
    reportedProblem(said) ??
    new ForebayError(
      'daemon-unreachable',
      `Forebay's daemon was started and ${why}${said === '' ? '.' : `. It said: ${said}`}`,
      `Its log is ${request.log}.`,
    )
  );
}

function spawnDetached(request: StartRequest): { hasEnded: () => boolean } {
  const log = fs.openSync(request.log, 'a', 0o600);
  let ended = false;
  try {
    const child: ChildProcess = spawn(
      request.node,
      [
        '--disable-warning=ExperimentalWarning',
        request.program,
        'daemon',
        '--report',
        ...(request.rebuild ? ['--rebuild'] : []),
      ],
      {
        cwd: request.home,
        detached: true,
        // Jobs share libuv's threads with the answers; four would be busy with the jobs' fsyncs.
        env: {
          ...nodeEnvironment(request.env),
          FOREBAY_HOME: request.home,
          UV_THREADPOOL_SIZE: request.env.UV_THREADPOOL_SIZE ?? '16',
          // glibc keeps what its threads gave back, each pool of memory for itself (mallopt(3)); removed in commands/daemon.ts.
          MALLOC_ARENA_MAX: request.env.MALLOC_ARENA_MAX ?? '2',
        },
        stdio: ['ignore', log, log],
      },
    );
    child.on('error', (error) => {
      fs.appendFileSync(request.log, `${error.message}\n`);
      ended = true;
    });
    child.on('exit', () => {
      ended = true;
    });
    child.unref();
  } finally {
    fs.closeSync(log);
  }
  return { hasEnded: () => ended };
}

function sizeOf(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
