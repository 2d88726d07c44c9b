/** A column of a table, with the schema.org type that all its values have. */
export interface TableColumn {
  name: string;
  type: 'sc:Integer' | 'sc:Float' | 'sc:Boolean' | 'sc:Date' | 'sc:Text';
}

/**
 * Columns of a table by its first line and the values that follow; `whole`: the text isn't cut off. Empty where the first
 * line names no columns: names that come twice, or numbers. A column without a name is left out.
 */
export function columnsOf(text: string, separator: ',' | '\t', whole: boolean): TableColumn[] {
  const rows = rowsOf(text.replace(/^\uFEFF/, ''), separator);
  const [header, ...values] = whole ? rows : rows.slice(0, -1);
  if (!header) return [];
  const named = header.filter((name) => name !== '');
  const numbers = named.every((name) => types[1].test(name));
  if (numbers || new Set(named).size !== named.length) return [];
  return header.flatMap((name, at) => {
    const column = values.map((row) => row[at] ?? '').filter((value) => value !== '');
    return name === '' ? [] : [{ name, type: typeOf(column) }];
  });
}

const integer = /^[+-]?\d{1,18}$/;
const types = [integer, /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i] as const;

function typeOf(values: readonly string[]): TableColumn['type'] {
  const all = (pattern: RegExp) => values.length > 0 && values.every((value) => pattern.test(value));
  if (all(integer)) return 'sc:Integer';
  if (all(types[1])) return 'sc:Float';
  if (all(/^(true|false)$/i)) return 'sc:Boolean';
  if (all(/^\d{4}-\d{2}-\d{2}$/)) return 'sc:Date';
  return 'sc:Text';
}

/** RFC 4180, with any end of line; the last row may be cut off. Blank lines are none. */
export function rowsOf(text: string, separator: ',' | '\t'): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  // A quoted cell, or one up to the next separator or end of line; then what ends it.
  const cell =
    separator === ','
      ? /(?:"((?:[^"]|"")*)"?|((?!")[^,\r\n]*))(,|\r?\n|\r|$)/y
      : /(?:"((?:[^"]|"")*)"?|((?!")[^\t\r\n]*))(\t|\r?\n|\r|$)/y;
  for (let at = 0; at < text.length; at = cell.lastIndex) {
    cell.lastIndex = at;
    const found = cell.exec(text);
    // Text after a closing quote: no table that anybody agrees on.
    if (!found) return [];
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === separator) continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}
