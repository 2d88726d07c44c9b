import { printedLine } from '../../src/api/text/printedLine.ts';

/** More lines than this are not kept; the oldest go first. */
const mostLines = 100_000;
/** Characters of a line that is still going on; what follows is dropped until it ends or begins anew. */
const mostOpen = 10_000;
/** Characters of a line that are shown: a longer one slows a page, and nobody reads it. */
const mostShown = 2000;

/** A run's output as lines, as a terminal would show it in the end: a progress bar is its last state. */
export class OutputLines {
  #lines: string[] = [];
  #open = '';

  /** Text that follows what was added before. */
  add(text: string): void {
    const [first = '', ...more] = text.split('\n');
    this.#goOn(first);
    for (const each of more) {
      this.#lines.push(shown(this.#open));
      this.#open = '';
      this.#goOn(each);
    }
    if (this.#lines.length > mostLines) this.#lines = this.#lines.slice(-mostLines);
  }

  get all(): string[] {
    return this.#open === '' ? this.#lines : [...this.#lines, shown(this.#open)];
  }

  /** A bar that never ends its line would grow for ever, as would a line without end. */
  #goOn(part: string): void {
    const line = this.#open + part;
    const ended = line.endsWith('\r');
    const state = line.slice(0, ended ? -1 : undefined);
    const last = line.length > mostOpen ? state.slice(state.lastIndexOf('\r') + 1) : state;
    this.#open = last.slice(0, mostOpen) + (ended ? '\r' : '');
  }
}

function shown(line: string): string {
  const plain = printedLine(line);
  return plain.length > mostShown
    ? `${plain.slice(0, mostShown)} … the rest of this line is not shown`
    : plain;
}
