import { spawn } from 'node:child_process';
import { outcome } from '../../support/home.ts';
import { MemoryWatch } from './memory.ts';
import type { Figure, Sample, Work } from './sample.ts';

/** Runs a command to its end and answers what it printed; throws with what it complained of. */
export type Run = (
  command: string,
  args: string[],
  options?: { env?: NodeJS.ProcessEnv; cwd?: string },
) => Promise<string>;

export interface TimedOptions {
  /** Another name than the peer's own. */
  peer?: string;
  /** Processes that work for the command though it didn't start them. */
  servants?: number[];
}

/** Notes what one peer needs in one round. */
export class Stopwatch {
  readonly peer: string;
  readonly round: number;
  readonly samples: Sample[] = [];
  readonly #say: (sample: Sample) => void;

  constructor(peer: string, round: number, say: (sample: Sample) => void = () => {}) {
    this.peer = peer;
    this.round = round;
    this.#say = say;
  }

  note(work: Work, figure: Figure, value: number, peer = this.peer): void {
    const sample = { work, peer, figure, round: this.round, value };
    this.samples.push(sample);
    this.#say(sample);
  }

  /**
   * Times the commands that `body` runs, and watches their memory. Nobody waits for what the one before has left
   * unwritten: the disks are flushed first.
   */
  async time<T>(work: Work, body: (run: Run) => Promise<T>, options: TimedOptions = {}): Promise<T> {
    await run('sync', []);
    const watch = new MemoryWatch();
    for (const pid of options.servants ?? []) watch.add(pid);
    const begun = performance.now();
    try {
      const result = await body((command, args, where) => run(command, args, where, watch));
      this.note(work, 'seconds', (performance.now() - begun) / 1000, options.peer);
      const peak = watch.stop();
      // What ended before the first look has no figure.
      if (peak > 0) this.note(work, 'memory', peak, options.peer);
      return result;
    } finally {
      watch.stop();
    }
  }
}

export async function run(
  command: string,
  args: string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
  watch?: MemoryWatch,
): Promise<string> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.pid) watch?.add(child.pid);
  // What goes on alone would start again what was ended around it.
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const { code, stdout, stderr } = await outcome(child).finally(() => process.off('exit', end));
  if (code === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')} -> ${code}\n${`${stdout}${stderr}`.slice(-3000)}`);
}
