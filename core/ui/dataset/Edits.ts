/** Edits of one value, one after the other, each of what the one before it left: two quick ones never undo each other. */
export class Edits<T> {
  /** The value as it was last kept, or read. */
  kept: T;
  readonly #keep: (value: T) => Promise<boolean>;
  #last: Promise<boolean> = Promise.resolve(true);

  /** `keep`: false where it could not be kept; never rejects. */
  constructor(kept: T, keep: (value: T) => Promise<boolean>) {
    this.kept = kept;
    this.#keep = keep;
  }

  apply(edit: (value: T) => T): Promise<boolean> {
    this.#last = this.#last.then(async () => {
      const next = edit(this.kept);
      const kept = await this.#keep(next);
      if (kept) this.kept = next;
      return kept;
    });
    return this.#last;
  }
}
