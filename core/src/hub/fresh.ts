/**
 * Remembers what is slow to ask, by key: an answer younger than `fresh` milliseconds is given as it is, an older one
 * (up to `usable`) too while it is asked again, so that who asks never waits for a busy disk twice.
 */
export class Fresh<T> {
  readonly #ask: (key: string) => Promise<T>;
  readonly #fresh: number;
  readonly #usable: number;
  readonly #known = new Map<string, { at: number; value: T }>();
  readonly #asking = new Map<string, Promise<T>>();

  constructor(ask: (key: string) => Promise<T>, { fresh, usable }: { fresh: number; usable: number }) {
    this.#ask = ask;
    this.#fresh = fresh;
    this.#usable = usable;
  }

  async get(key: string): Promise<T> {
    const known = this.#known.get(key);
    const age = known ? performance.now() - known.at : Number.POSITIVE_INFINITY;
    if (known && age < this.#fresh) return known.value;
    const asked = this.#again(key);
    if (!known || age >= this.#usable) return asked;
    asked.catch(() => {});
    return known.value;
  }

  #again(key: string): Promise<T> {
    const under = this.#asking.get(key);
    if (under) return under;
    const asked = this.#ask(key)
      .then((value) => {
        this.#known.set(key, { at: performance.now(), value });
        return value;
      })
      .finally(() => this.#asking.delete(key));
    this.#asking.set(key, asked);
    return asked;
  }
}
