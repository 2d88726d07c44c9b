import type { Tally } from '../../../dataset/progress.ts';

/** What an import has done so far. */
export class Tallying {
  points = 0;
  files = 0;
  bytes = 0;
  /** Where artifacts lie that were not copied. */
  readonly elsewhere = new Set<string>();
  absent = 0;
  #runs = 0;
  readonly #total: number;
  readonly #report: (tally: Tally) => void;

  constructor(total: number, report: (tally: Tally) => void) {
    this.#total = total;
    this.#report = report;
  }

  copied(bytes: number): void {
    this.bytes += bytes;
    this.tell();
  }

  run(): void {
    this.#runs += 1;
    this.tell();
  }

  tell(): void {
    this.#report({
      phase: 'importing',
      files: this.#runs,
      filesTotal: this.#total,
      bytes: this.bytes,
      bytesTotal: null,
    });
  }
}
