import { Shared } from '../shared.ts';

/**
 * Looks at things that change, one at a time for each key, however many ask. Who asks while one is under way gets the one
 * after it, since that one may have passed what changed. Each is given up when the last who asked for it has gone.
 */
export class Looks<T> {
  readonly #running = new Map<string, { now: Shared<T>; next: Shared<T> | null }>();

  /** `signal`: aborted when the one who asks has gone. */
  async look(key: string, begin: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const known = this.#running.get(key);
    if (!known) return this.#run(key, new Shared(begin)).get(signal);
    const { now, next } = known;
    if (!next || next.stopped) {
      known.next = new Shared(async (given) => {
        await now.ended;
        given.throwIfAborted();
        return begin(given);
      });
    }
    return (known.next as Shared<T>).get(signal);
  }

  #run(key: string, now: Shared<T>): Shared<T> {
    const running = { now, next: null as Shared<T> | null };
    this.#running.set(key, running);
    now.ended.then(() => {
      if (running.next) this.#run(key, running.next);
      else this.#running.delete(key);
    });
    return now;
  }
}
