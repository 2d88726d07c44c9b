/** What one side puts in, the other takes out, in that order; several may take at once. */
export class Queue<T> implements AsyncIterable<T>, AsyncIterator<T> {
  readonly #items: T[] = [];
  readonly #waiting: ((result: IteratorResult<T>) => void)[] = [];
  #closed = false;

  put(item: T): void {
    const next = this.#waiting.shift();
    if (next) next({ done: false, value: item });
    else this.#items.push(item);
  }

  /** Nothing more comes. */
  close(): void {
    this.#closed = true;
    for (const next of this.#waiting.splice(0)) next({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<T>> {
    const item = this.#items.shift();
    if (item !== undefined) return Promise.resolve({ done: false, value: item });
    if (this.#closed) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return this;
  }
}
