import type { Job } from '../api/schemas.ts';
import { progressLine } from './text/progressLine.ts';

/** Milliseconds. */
const untilShown = 200;
const betweenLines = 10_000;

/**
 * Shows a job's progress on standard error: on a terminal one line that is drawn over, else a plain line
 * now and then. A job that ends at once shows nothing.
 */
export class ProgressDisplay {
  readonly #stream: NodeJS.WriteStream;
  readonly #started = Date.now();
  #lastLine = Date.now();
  #drawn = '';

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  show(job: Job): void {
    if (this.#stream.isTTY) this.#draw(job);
    else if (Date.now() - this.#lastLine >= betweenLines) {
      this.#lastLine = Date.now();
      this.#stream.write(`${progressLine(job, 200)}\n`);
    }
  }

  /** Takes the line away, so that what follows stands in its place. */
  clear(): void {
    if (this.#drawn !== '') this.#stream.write('\r\u001b[2K');
    this.#drawn = '';
  }

  #draw(job: Job): void {
    const line = progressLine(job, this.#stream.columns || 80);
    if (line === this.#drawn || Date.now() - this.#started < untilShown) return;
    this.#stream.write(`\r\u001b[2K${line}`);
    this.#drawn = line;
  }
}
