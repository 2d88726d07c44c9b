import { mountCode } from '@forebay/core/api/mountCode';

export interface Insertion {
  /** Where the text goes: at the start of this line, counted from 0. */
  line: number;
  /** Whole lines, each with its end. */
  text: string;
}

/**
 * Where and how the mount lines go into a Python file whose cursor stands in `line`: into an empty line as it is,
 * else below it, indented alike; without the import where the file has one already.
 */
export function insertionOf(
  lines: readonly string[],
  line: number,
  name: string,
  version: number,
): Insertion {
  const current = lines[line] ?? '';
  const indent = /^[ \t]*/.exec(current)?.[0] ?? '';
  const known = lines.some((one) => /^import forebay\s*(#.*)?$/.test(one));
  const code = mountCode(name, version)
    .trimEnd()
    .split('\n')
    .filter((one) => !(known && one === 'import forebay'));
  const text = code.map((one) => `${indent}${one}\n`).join('');
  return { line: current.trim() === '' ? line : line + 1, text };
}
