import { isImport } from './dragged.ts';

/** Whole lines, each with its end, that go before a line, counted from 0. */
export interface Placing {
  line: number;
  text: string;
}

/**
 * Where code goes that is dropped on `line` of a Python file: into an empty line, else below it, indented alike. Of its
 * imports only those are added that neither the file nor `elsewhere` (a notebook's other cells) has, after those that
 * stand at the top, so that the code works wherever it was dropped. Lines come from the top down.
 */
export function placingsOf(
  lines: readonly string[],
  line: number,
  code: string,
  elsewhere: readonly string[] = [],
): Placing[] {
  const wanted = code.trimEnd().split('\n');
  const known = new Set([...lines, ...elsewhere].map(withoutComment));
  const imports = wanted.filter((one) => isImport(one) && !known.has(one));
  const body = wanted.filter((one) => !isImport(one));
  const current = lines[line] ?? '';
  const indent = /^[ \t]*/.exec(current)?.[0] ?? '';
  const top = importLine(lines);
  const below = Math.max(top, current.trim() === '' ? line : line + 1);
  const placed = { line: below, text: body.map((one) => `${indent}${one}\n`).join('') };
  if (imports.length === 0) return [placed];
  const above = `${imports.join('\n')}\n`;
  if (below === top) return [{ line: top, text: above + placed.text }];
  return [{ line: top, text: above }, placed];
}

const withoutComment = (line: string) => line.replace(/\s+#.*$/, '');

/** After the last import at the top; where there is none, after what must stand first: comments and the docstring. */
function importLine(lines: readonly string[]): number {
  let last = 0;
  let quote: string | undefined;
  let open = false;
  for (const [at, line] of lines.entries()) {
    if (quote !== undefined) {
      if (line.includes(quote)) {
        quote = undefined;
        last = at + 1;
      }
      continue;
    }
    if (open) {
      if (line.includes(')')) {
        open = false;
        last = at + 1;
      }
      continue;
    }
    const docstring = /^[rRuU]?("""|''')/.exec(line)?.[1];
    if (docstring !== undefined) {
      if (line.indexOf(docstring, line.indexOf(docstring) + 3) < 0) quote = docstring;
      last = at + 1;
    } else if (isImport(line)) {
      open = line.includes('(') && !line.includes(')');
      last = at + 1;
    } else if (/^(#|%)/.test(line)) {
      last = at + 1;
    } else if (line.trim() !== '') break;
  }
  return last;
}
