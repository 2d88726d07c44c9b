/** Work that is done once for all who wait for it, and ends early when every one of them has gone. */
export class Shared<T> {
  /** Resolves when it is over, however it ended. */
  readonly ended: Promise<void>;
  readonly #stop = new AbortController();
  readonly #result: Promise<T>;
  #waiting = 0;
  #over = false;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#result = work(this.#stop.signal);
    const over = () => {
      this.#over = true;
    };
    this.ended = this.#result.then(over, over);
  }

  /** Nobody waited any more: its result, if any, is that it was cancelled. */
  get stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** `signal`: aborted when the one who waits has gone; throws its reason then. */
  async get(signal?: AbortSignal): Promise<T> {
    const gone = Promise.withResolvers<never>();
    const leave = () => gone.reject(signal?.reason);
    if (signal?.aborted) leave();
    signal?.addEventListener('abort', leave);
    this.#waiting++;
    try {
      return await Promise.race([this.#result, gone.promise]);
    } finally {
      signal?.removeEventListener('abort', leave);
      if (--this.#waiting === 0 && !this.#over) this.#stop.abort();
    }
  }
}
