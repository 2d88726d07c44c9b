import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { ForebayError } from '../api/errors.ts';
import type { Run } from '../api/schemas.ts';
import type { RunsClient } from '../client/runs.ts';
import type { Artifact } from './artifacts.ts';
import { OutputSpool } from './output.ts';
import type { Relay } from './relay/relay.ts';
import { sample } from './sample.ts';
import { Sender } from './send.ts';

export interface Recording {
  runs: RunsClient;
  run: Run;
  command: readonly string[];
  folder: string;
  env: NodeJS.ProcessEnv;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
  /** What the script's MLflow client logs to; closed at the end. */
  relay: Relay;
  /** Told of the command's process once it runs. */
  started: (pid: number) => Promise<void>;
  /** Starts the daemon again, once the command has ended and it is away. */
  revive: () => Promise<unknown>;
  /** What is kept of how it began, batch after batch, so that a machine that dies under it keeps that. */
  beginning: readonly Promise<readonly Artifact[]>[];
  /** What is kept of what it left, asked for once it has ended. */
  artifacts: () => Promise<Artifact[]>;
}

/** How long output is waited for once the command itself has ended; milliseconds. */
const lingering = 3000;

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
  const over = new AbortController();
  const sender = new Sender(runs, run.id, { spool, relay: recording.relay });
  const stopHandingOn = handOnSignals(child);
  if (child.pid !== undefined) await recording.started(child.pid);
  const beating = sender.beat(over.signal);
  const sending = sender.until(stop.signal);
  const begun = sendInTurn(sender, recording.beginning);
  const sampling =
    child.pid === undefined
      ? undefined
      : sample(child.pid, (points) => sender.add(points), recording.env, stop.signal);
  try {
    const { exitCode, signal } = await end;
    stop.abort();
    await Promise.all([sending, sampling]);
    const state = signal ? 'killed' : exitCode === 0 ? 'finished' : 'failed';
    const left = await sender.put([...(await begun), ...(await recording.artifacts())], revive);
    const ended = await sender.finish({ state, exitCode }, revive);
    return { exitCode, complete: left.length === 0 && ended };
  } catch (error) {
    stop.abort();
    await runs.end(run.id, { state: 'failed', exitCode: 127 }).catch(() => undefined);
    throw error;
  } finally {
    over.abort();
    await beating;
    stopHandingOn();
    spool.close();
    recording.relay.close();
  }
}

/** Those that could not be kept while the command ran: a daemon that is away then is not started for them. */
async function sendInTurn(sender: Sender, batches: Recording['beginning']): Promise<Artifact[]> {
  const left: Artifact[] = [];
  for (const batch of batches) left.push(...(await sender.put(await batch)));
  return left;
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
