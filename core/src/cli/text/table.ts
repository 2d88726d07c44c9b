import { stripVTControlCharacters } from 'node:util';
import type { Paint } from '../session.ts';

export interface Column<T> {
  title: string;
  /** Numbers stand right. */
  align?: 'right';
  of: (row: T) => string;
}

/** Rows in aligned columns, two spaces between; the titles dimmed. */
export function formatTable<T>(rows: T[], columns: Column<T>[], paint: Paint): string {
  const cells = rows.map((row) => columns.map((column) => column.of(row)));
  const titles = columns.map((column) => column.title);
  const widths = columns.map((_, i) => Math.max(...[titles, ...cells].map((line) => width(line[i] ?? ''))));
  const format = (line: string[]) =>
    line
      .map((cell, i) => {
        const space = ' '.repeat((widths[i] ?? 0) - width(cell));
        return columns[i]?.align === 'right' ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd();
  return [paint('dim', format(titles)), ...cells.map(format)].join('\n');
}

function width(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
