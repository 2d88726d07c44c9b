export interface Insertion {
  /** Where the text goes: at the start of this line, counted from 0. */
  line: number;
  /** Whole lines, each with its end. */
  text: string;
}

/**
 * Where and how code goes into a Python file whose cursor stands in `line`: into an empty line as it is, else below it,
 * indented alike; without the imports that the file has already.
 */
export function insertionOf(lines: readonly string[], line: number, code: string): Insertion {
  const current = lines[line] ?? '';
  const indent = /^[ \t]*/.exec(current)?.[0] ?? '';
  const known = new Set(lines.map((one) => one.replace(/\s*(#.*)?$/, '')));
  const text = code
    .trimEnd()
    .split('\n')
    .filter((one) => !(/^(import|from) /.test(one) && known.has(one)))
    .map((one) => (one === '' ? '\n' : `${indent}${one}\n`))
    .join('');
  return { line: current.trim() === '' ? line : line + 1, text };
}
