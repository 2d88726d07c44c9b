/** How many problems are told in full; of more, only how many. */
const most = 100;

/** What an import had to leave out, each said in a sentence. */
export class Problems {
  readonly some: string[] = [];
  count = 0;

  add(sentence: string): void {
    this.count += 1;
    if (this.some.length < most) this.some.push(sentence);
  }

  /** What `read` gives; undefined, with a sentence on why, where it throws. */
  attempt<T>(what: string, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      this.add(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
}
