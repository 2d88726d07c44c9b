import { ForebayError, isForebayError } from '../api/errors.ts';
import type { Job } from '../api/schemas.ts';
import type { EventsClient } from './events.ts';
import { collect } from './http/pages.ts';
import type { Requester } from './http/request.ts';
import { wait } from './http/wait.ts';
import { failureOf, hasEnded } from './jobOutcome.ts';

export interface FollowOptions {
  onProgress?: (job: Job) => void;
  /** Stops following; the job goes on. */
  signal?: AbortSignal;
}

export interface CompleteOptions {
  onProgress?: (job: Job) => void;
  /** Cancels the job; its outcome is still waited for, since its commit may have been sent already. */
  signal?: AbortSignal;
}

/** Milliseconds. */
const firstPause = 20;
const longestPause = 400;
const daemonMayBeAway = 15_000;

export class JobsClient {
  readonly #requests: Requester;
  readonly #events: EventsClient;
  readonly #revive: (() => Promise<unknown>) | undefined;

  constructor(requests: Requester, events: EventsClient, revive?: () => Promise<unknown>) {
    this.#requests = requests;
    this.#events = events;
    this.#revive = revive;
  }

  list(): Promise<Job[]> {
    return collect((request) => this.#requests.get('/api/v1/jobs', { ...request }));
  }

  get(id: string): Promise<Job> {
    return this.#requests.get(jobPath(id));
  }

  /** Asks the job to stop; follow it to learn whether it was in time. */
  cancel(id: string): Promise<Job> {
    return this.#requests.delete(jobPath(id));
  }

  /** Waits until the job is done; throws what it failed of, `cancelled` if it was. */
  async follow(id: string, options: FollowOptions = {}): Promise<Job> {
    const changed = new Bell();
    const end = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, end.signal]) : end.signal;
    void this.#events
      .subscribe((event) => {
        if (event.kind === 'reset' || event.subject === id) changed.ring();
      }, signal)
      .catch(() => {});
    try {
      return await this.#watch(id, options, changed);
    } finally {
      end.abort();
    }
  }

  /** Waits for a job of one's own: aborting `signal` cancels the job and goes on waiting for how it ended. */
  async complete(id: string, options: CompleteOptions = {}): Promise<Job> {
    const cancel = () => void this.cancel(id).catch(() => {});
    if (options.signal?.aborted) cancel();
    options.signal?.addEventListener('abort', cancel);
    try {
      return await this.follow(id, options.onProgress ? { onProgress: options.onProgress } : {});
    } finally {
      options.signal?.removeEventListener('abort', cancel);
    }
  }

  /** Reads the job again when it is said to have changed, and now and then anyway: hints can be lost. */
  async #watch(id: string, { onProgress, signal }: FollowOptions, changed: Bell): Promise<Job> {
    let pause = firstPause;
    let lastHeard = Date.now();
    for (;;) {
      if (signal?.aborted) throw new ForebayError('cancelled', 'Stopped following the job.');
      const rung = changed.next();
      const job = await this.#read(id, lastHeard);
      if (job) {
        lastHeard = Date.now();
        onProgress?.(job);
        if (job.state === 'done') return job;
        if (hasEnded(job)) throw failureOf(job);
      }
      await waitFor(rung, pause, signal);
      pause = Math.min(pause * 2, longestPause);
    }
  }

  /** Undefined while the daemon is away, as it is for a moment when a newer one takes over. */
  async #read(id: string, lastHeard: number): Promise<Job | undefined> {
    try {
      return await this.get(id);
    } catch (error) {
      if (!isForebayError(error, 'daemon-unreachable') || Date.now() - lastHeard >= daemonMayBeAway)
        throw error;
      // Whether it worked shows at the next read.
      await this.#revive?.().catch(() => {});
      return undefined;
    }
  }
}

/** Wakes whoever waits for the next ring. */
class Bell {
  #next = Promise.withResolvers<void>();

  ring(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers();
  }

  next(): Promise<void> {
    return this.#next.promise;
  }
}

/** Leaves no timer behind, which would keep a command from ending. */
async function waitFor(rung: Promise<void>, milliseconds: number, signal?: AbortSignal): Promise<void> {
  const end = new AbortController();
  await Promise.race([rung, wait(milliseconds, signal ? AbortSignal.any([signal, end.signal]) : end.signal)]);
  end.abort();
}

function jobPath(id: string): string {
  return `/api/v1/jobs/${encodeURIComponent(id)}`;
}
