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
  const current = lines[line] ?? '';
  const indent = indentAt(lines, line);
  const top = importLine(lines);
  const below = Math.max(top, current.trim() === '' ? line : line + 1);
  const mounted = new Set([...lines.slice(0, below), ...elsewhere].map(withoutComment));
  const statements = wanted.filter((one) => !isImport(one));
  const fresh = statements.filter((one) => !(isMount(one) && mounted.has(one)));
  const body = fresh.length > 0 ? fresh : statements;
  const placed = { line: below, text: body.map((one) => `${indent}${one}\n`).join('') };
  if (imports.length === 0) return [placed];
  const above = `${imports.join('\n')}\n`;
  if (below === top) return [{ line: top, text: above + placed.text }];
  return [{ line: top, text: above }, placed];
}

/** Of a statement that follows `line`: as the line itself, but in a block that it opens or stands in as the block is. */
function indentAt(lines: readonly string[], line: number): string {
  const current = lines[line] ?? '';
  const own = indentOf(current);
  const next = indentOf(lines.slice(line + 1).find((one) => one.trim() !== '') ?? '');
  const isDeeper = next.length > own.length;
  if (withoutComment(current).trimEnd().endsWith(':')) return isDeeper ? next : `${own}    `;
  return current.trim() === '' && isDeeper ? next : own;
}

const indentOf = (line: string) => /^[ \t]*/.exec(line)?.[0] ?? '';

/** A version that is mounted above already is not mounted again. */
const isMount = (line: string) => /^\w+ = forebay\.mount\("[^"]*"\)$/.test(line);

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
