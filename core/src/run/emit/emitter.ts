import { ForebayError } from '../../api/errors.ts';
import type { Tracking } from '../mlflow/handler.ts';
import { deliver } from './deliver.ts';
import { runEvent } from './event.ts';
import { readFacts } from './facts.ts';
import {
  newestWaiting,
  postponeEvents,
  type QueuedEvent,
  readEmission,
  settleEvent,
  waitingEvents,
} from './queue.ts';

export interface EmitterOptions extends Pick<Tracking, 'db' | 'folder' | 'now'> {
  /** The lake's namespace; undefined before its first use. */
  lake: () => Promise<string | undefined>;
  /** What authorises us at an address. */
  key: string | undefined;
  log: (error: unknown) => void;
  /** Milliseconds between two looks. */
  every?: number;
}

/** An event waits for one look after it was queued, so that what a run is given at its start is in it. */
const usualEvery = 1000;
const atOnce = 100;

/** Milliseconds until the next try: 2 s after the first that failed, doubled each time, 5 minutes at most. */
export const backoff = (attempts: number): number => Math.min(300_000, 1000 * 2 ** Math.min(attempts, 20));

/** Sends events of runs, one after the other, apart from whatever else the daemon does. */
export class Emitter {
  readonly #options: EmitterOptions;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  /** What was there a look ago. */
  #settled = 0;

  constructor(options: EmitterOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#round ??= this.#look()
        .catch(this.#options.log)
        .finally(() => {
          this.#round = undefined;
        });
    }, this.#options.every ?? usualEvery);
    this.#timer.unref();
  }

  /** What is being sent is given up, and waits for the next daemon. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    await this.#round;
  }

  async #look(): Promise<void> {
    const { db, now } = this.#options;
    const until = this.#settled;
    this.#settled = await newestWaiting(db);
    for (;;) {
      const emission = await readEmission(db);
      if (!emission || emission.retry_at > now()) return;
      const events = await waitingEvents(db, until, atOnce);
      if (events.length === 0) return;
      for (const event of events) {
        if (!(await this.#send(event, emission))) return;
      }
    }
  }

  /** False where the next has to wait. */
  async #send(queued: QueuedEvent, emission: { target: string; attempts: number }): Promise<boolean> {
    const { db, now, key } = this.#options;
    const event = await this.#eventOf(queued).catch(refusalOf);
    const { signal } = this.#stop;
    const delivery = event instanceof Refusal ? event : await deliver(emission.target, event, key, signal);
    if (signal.aborted) return false;
    // Somebody chose another target meanwhile: this says nothing of that.
    if ((await readEmission(db))?.target !== emission.target) return false;
    const time = now();
    if (delivery.outcome === 'failed') {
      const retryAt = time + backoff(emission.attempts + 1);
      await postponeEvents(db, { message: delivery.message, time, retryAt });
      return false;
    }
    const refusal = delivery.outcome === 'refused' ? { message: delivery.message, time } : null;
    await settleEvent(db, queued.seq, refusal);
    return true;
  }

  async #eventOf({ run_id, moment }: QueuedEvent): Promise<object> {
    const lake = (await this.#options.lake()) ?? 'forebay';
    return runEvent(moment, await readFacts(this.#options, run_id, lake));
  }
}

/** An event that can't be made, as of a run that is gone; it must not hold up the others. */
class Refusal {
  readonly outcome = 'refused';
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

const refusalOf = (error: unknown) =>
  new Refusal(`An event could not be made: ${ForebayError.from(error).message}`);
