/** ECMA-48 control sequences (colours, cursor), and the links and titles that terminals know. */
const escapes = new RegExp(
  [String.raw`\x1b\[[0-?]*[ -/]*[@-~]`, String.raw`\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)`].join('|'),
  'g',
);

/** More lines than this are not kept; the oldest go first. */
const mostLines = 100_000;

/** A run's output as lines, as a terminal would show it in the end: a progress bar is its last state. */
export class OutputLines {
  #lines: string[] = [];
  #open = '';

  /** Text that follows what was added before. */
  add(text: string): void {
    const lines = (this.#open + text).split('\n');
    this.#open = lines.pop() ?? '';
    // One by one: a call takes only so many arguments.
    for (const line of lines) this.#lines.push(shown(line));
    if (this.#lines.length > mostLines) this.#lines = this.#lines.slice(-mostLines);
    // A bar that never ends its line would grow for ever.
    if (this.#open.length > 10_000) this.#open = this.#open.slice(this.#open.lastIndexOf('\r') + 1);
  }

  get all(): string[] {
    return this.#open === '' ? this.#lines : [...this.#lines, shown(this.#open)];
  }
}

function shown(line: string): string {
  const plain = line.replace(escapes, '');
  if (!plain.includes('\r')) return plain;
  return plain.split('\r').findLast((part) => part !== '') ?? '';
}

/** Indices of the lines that hold `words`, in any case. */
export function findLines(lines: readonly string[], words: string): number[] {
  if (words === '') return [];
  const low = words.toLowerCase();
  return lines.flatMap((line, at) => (line.toLowerCase().includes(low) ? [at] : []));
}
