import { hostname } from 'node:os';
import { heartbeatEvery } from '../heartbeat.ts';
import type { RunDatabase } from '../store/open.ts';
import { hear, listen } from './hear.ts';
import { markLost, type Runner } from './markLost.ts';

export interface WatchOptions {
  db: RunDatabase;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Told of every run that was given up or goes on. */
  changed: (runId: string) => void;
  /** When a process of this machine started, in words that are the same for no other; undefined where it runs no more. */
  processStart: (pid: number) => Promise<string | undefined>;
  log: (error: unknown) => void;
}

/** Looks every few seconds which runs nobody writes any more. */
export class LossWatch {
  readonly #options: WatchOptions;
  /** Since the last look: a call that logs must not wait for one more write. */
  #heard = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { db, now, log } = this.#options;
    await listen(db, now());
    this.#timer = setInterval(() => void this.look().catch(log), heartbeatEvery);
  }

  /** A run's own script has logged something. */
  readonly heard = (runId: string): void => {
    this.#heard.set(runId, this.#options.now());
  };

  async look(): Promise<void> {
    const { db, now, changed, processStart } = this.#options;
    const heard = this.#heard;
    this.#heard = new Map();
    for (const id of await hear(db, heard)) changed(id);
    const goesOn = async ({ host, pid, process }: Runner) =>
      host === hostname() && process !== null ? (await processStart(pid)) === process : undefined;
    for (const id of await markLost(db, now(), goesOn)) changed(id);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await hear(this.#options.db, this.#heard);
  }
}
