import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
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
/** Milliseconds between two signs of life; a minute without one, and the run counts as lost. */
const heartbeat = 5000;
/** How long the end waits for a daemon that is away; milliseconds. */
const lastWait = 10_000;
/** How long output is waited for once the command itself has ended; milliseconds. */
const lingering = 3000;
/** Files that are sent at once. */
const filesAtOnce = 8;
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
  const stopHandingOn = handOnSignals(child);
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
    stopHandingOn();
    spool.close();
  }
}

/** Who wants the runner to end wants the command to end; once that has, the runner, with what it has sent. */
function handOnSignals(child: ChildProcess): () => void {
  const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;
  const handOn = (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) process.exit(128 + constants.signals[signal]);
    // Ctrl-C reaches the command by itself.
    if (signal !== 'SIGINT') child.kill(signal);
  };
  for (const signal of signals) process.on(signal, handOn);
  return () => {
    for (const signal of signals) process.off(signal, handOn);
  };
}

function start({ command, folder, env, stdout, stderr }: Recording, spool: OutputSpool): ChildProcess {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd: folder, env, stdio: ['inherit', 'pipe', 'pipe'] });
  pass(child.stdout, stdout, spool);
  pass(child.stderr, stderr, spool);
  return child;
}

/** Records what comes and hands it on at the pace of who reads it; where nobody reads any more, only records. */
function pass(from: Readable | null, to: NodeJS.WritableStream, spool: OutputSpool): void {
  let gone = false;
  to.on('error', () => {
    gone = true;
    from?.resume();
  });
  from?.on('data', (bytes: Buffer) => {
    spool.add(bytes);
    if (gone || to.write(bytes)) return;
    from.pause();
    to.once('drain', () => from.resume());
  });
}

/** Once all that it printed has come; what it left running may hold its output open, and isn't waited for. */
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
    child.on('exit', () => {
      setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, lingering).unref();
    });
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
    for (let beat = 0; !signal.aborted; ) {
      await this.#send().catch(() => undefined);
      if (performance.now() - beat >= heartbeat) {
        await this.#runs.log(this.#id, []).catch(() => undefined);
        beat = performance.now();
      }
      await delay(sendEvery, undefined, { signal }).catch(() => undefined);
    }
  }

  /** False where one of them could not be kept. */
  async put(artifacts: readonly Artifact[], revive: () => Promise<unknown>): Promise<boolean> {
    const waiting = artifacts.toReversed();
    let whole = true;
    const work = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const { path, open } = next;
        const sent = await insist(() => this.#runs.putArtifact(this.#id, path, open()), revive);
        whole &&= sent;
      }
    };
    await Promise.all(Array.from({ length: filesAtOnce }, work));
    return whole;
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

/** Again for some time where the daemon is away, which is started again. False where that didn't help, or it refused. */
async function insist(work: () => Promise<unknown>, revive: () => Promise<unknown>): Promise<boolean> {
  for (const deadline = Date.now() + lastWait; ; await delay(500)) {
    try {
      await work();
      return true;
    } catch (error) {
      if (Date.now() > deadline || !isForebayError(error, 'daemon-unreachable')) return false;
      await revive().catch(() => undefined);
    }
  }
}

/** Every few seconds what the command uses, where the system tells. */
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
