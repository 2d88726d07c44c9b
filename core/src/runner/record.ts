import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { ForebayError, isForebayError } from '../api/errors.ts';
import type { Run, RunEnd, RunPoint } from '../api/schemas.ts';
import type { RunsClient } from '../client/runs.ts';
import type { Artifact } from './artifacts.ts';
import { gpuValues, readGpus } from './gpu.ts';
import { OutputSpool } from './output.ts';
import { type Usage, usageOf, usageValues } from './usage.ts';

export interface Recording {
  runs: RunsClient;
  run: Run;
  command: readonly string[];
  folder: string;
  env: NodeJS.ProcessEnv;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
  /** Told of the command's process once it runs. */
  started: (pid: number) => Promise<void>;
  /** Starts the daemon again, once the command has ended and it is away. */
  revive: () => Promise<unknown>;
  /** What is kept beside what it printed, asked for once it has ended. */
  artifacts: () => Promise<Artifact[]>;
}

/** Milliseconds between two looks at what is to be sent, and at what is used. */
const sendEvery = 200;
const sampleEvery = 5000;
/** How long the end waits for a daemon that is away; milliseconds. */
const lastWait = 10_000;
/** Points that wait for a daemon that is away; the oldest go first. */
const mostPoints = 50_000;

/**
 * Runs a command and records what it prints and uses, until it ends. Nothing that goes wrong with recording ends the
 * command. Its exit code, 128 and the signal's number where one ended it. Throws where it can't be started.
 */
export async function record(recording: Recording): Promise<{ exitCode: number; complete: boolean }> {
  const { runs, run, revive } = recording;
  const spool = new OutputSpool();
  const child = start(recording, spool);
  const end = endOf(child, recording.command);
  const stop = new AbortController();
  const sender = new Sender(runs, run.id, spool);
  if (child.pid !== undefined) await recording.started(child.pid);
  const sending = sender.until(stop.signal);
  const sampling =
    child.pid === undefined ? undefined : sample(child.pid, sender, recording.env, stop.signal);
  try {
    const { exitCode, signal } = await end;
    stop.abort();
    await Promise.all([sending, sampling]);
    const state = signal ? 'killed' : exitCode === 0 ? 'finished' : 'failed';
    const whole = await sender.put(await recording.artifacts(), revive);
    const ended = await sender.finish({ state, exitCode }, revive);
    return { exitCode, complete: whole && ended };
  } catch (error) {
    stop.abort();
    await runs.end(run.id, { state: 'failed', exitCode: 127 }).catch(() => undefined);
    throw error;
  } finally {
    spool.close();
  }
}

function start({ command, folder, env, stdout, stderr }: Recording, spool: OutputSpool): ChildProcess {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd: folder, env, stdio: ['inherit', 'pipe', 'pipe'] });
  for (const [from, to] of [[child.stdout, stdout] as const, [child.stderr, stderr] as const]) {
    from?.on('data', (bytes: Buffer) => {
      spool.add(bytes);
      if (to.write(bytes)) return;
      from.pause();
      to.once('drain', () => from.resume());
    });
  }
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return child;
}

/** Once all that it printed has come. */
function endOf(
  child: ChildProcess,
  [program]: readonly string[],
): Promise<{ exitCode: number; signal: boolean }> {
  return new Promise((resolve, reject) => {
    child.on('error', (cause) =>
      reject(
        new ForebayError('path-unknown', `'${program}' can't be run: ${cause.message}.`, undefined, {
          cause,
        }),
      ),
    );
    child.on('close', (code, signal) =>
      resolve(
        signal === null
          ? { exitCode: code ?? 1, signal: false }
          : { exitCode: 128 + constants.signals[signal], signal: true },
      ),
    );
  });
}

/** Sends output and points, in order, and keeps what a daemon that is away doesn't take. */
class Sender {
  readonly #runs: RunsClient;
  readonly #id: string;
  readonly #spool: OutputSpool;
  #points: RunPoint[] = [];

  constructor(runs: RunsClient, id: string, spool: OutputSpool) {
    this.#runs = runs;
    this.#id = id;
    this.#spool = spool;
  }

  add(points: readonly RunPoint[]): void {
    this.#points = [...this.#points, ...points].slice(-mostPoints);
  }

  async until(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#send().catch(() => undefined);
      await delay(sendEvery, undefined, { signal }).catch(() => undefined);
    }
  }

  /** False where one of them could not be kept. */
  async put(artifacts: readonly Artifact[], revive: () => Promise<unknown>): Promise<boolean> {
    const all = artifacts.map(({ path, open }) =>
      insist(() => this.#runs.putArtifact(this.#id, path, open()), revive),
    );
    return (await Promise.all(all)).every(Boolean);
  }

  /** All that is left, and the end. False where the daemon stayed away. */
  finish(end: RunEnd, revive: () => Promise<unknown>): Promise<boolean> {
    return insist(async () => {
      await this.#send();
      await this.#runs.end(this.#id, end);
    }, revive);
  }

  async #send(): Promise<void> {
    await this.#spool.flush((at, bytes) => this.#runs.write(this.#id, at, bytes));
    while (this.#points.length > 0) {
      const batch = this.#points.slice(0, 1000);
      await this.#runs.log(this.#id, batch);
      this.#points = this.#points.slice(batch.length);
    }
  }
}

/** Again until it succeeds, for some time; a daemon that is away is started again. False where nothing helped. */
async function insist(work: () => Promise<unknown>, revive: () => Promise<unknown>): Promise<boolean> {
  for (const deadline = Date.now() + lastWait; ; await delay(500)) {
    try {
      await work();
      return true;
    } catch (error) {
      if (Date.now() > deadline) return false;
      if (isForebayError(error, 'daemon-unreachable')) await revive().catch(() => undefined);
    }
  }
}

/** Every few seconds what the command uses; also the runner's sign of life. */
async function sample(
  pid: number,
  sender: Sender,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  // Where there is no GPU, nobody is asked again.
  const any = (await readGpus(env)).length > 0;
  const gpus = async () => (any ? gpuValues(await readGpus(env)) : {});
  let before: Usage = { cpu: 0, memory: 0, read: 0, written: 0 };
  let then = performance.now();
  // Soon after the start too, so that short runs have a sample.
  for (let step = 0, wait = 500; !signal.aborted; step++, wait = sampleEvery) {
    await delay(wait, undefined, { signal }).catch(() => undefined);
    const usage = await usageOf(pid);
    if (!usage) return;
    const now = performance.now();
    const values = { ...usageValues(usage, before, (now - then) / 1000), ...(await gpus()) };
    const time = Date.now();
    sender.add(Object.entries(values).map(([key, value]) => ({ key, value, time, step })));
    before = usage;
    then = now;
  }
}
