/** What the first bytes of a CSV or TSV file say: its columns, and how many rows it has, reckoned from theirs. */
export function tableHead(
  text: string,
  separator: string,
  read: number,
  size: number,
): { columns: string[]; rows: number | null; exact: boolean } {
  const whole = read >= size;
  const lines = text.split(/\r?\n/);
  // The last one may be cut off, or be what follows the last line end.
  if (!whole || lines.at(-1) === '') lines.pop();
  const [head, ...rows] = lines;
  if (head === undefined) return { columns: [], rows: whole ? 0 : null, exact: whole };
  const columns = split(head, separator);
  // A line end within quotes makes counting lines a guess.
  const quoted = text.includes('"');
  if (whole) return { columns, rows: rows.length, exact: !quoted };
  const bytes = Buffer.byteLength(rows.join('\n'));
  return { columns, rows: bytes === 0 ? null : Math.round((size / bytes) * rows.length), exact: false };
}

function split(line: string, separator: string): string[] {
  const cells = line.match(new RegExp(`("(?:[^"]|"")*"|[^${separator}]*)(?:${separator}|$)`, 'g')) ?? [];
  const named = cells.map((cell) => cell.replace(new RegExp(`${separator}$`), '').replace(/^"(.*)"$/, '$1'));
  return line.endsWith(separator) ? named : named.slice(0, -1);
}
