import type { ReactNode } from 'react';

export interface PlainColumn<T> {
  title: string;
  /** Its title is for screen readers only. */
  untitled?: boolean;
  /** Right-aligned. */
  numeric?: boolean;
  dim?: boolean;
  cell: (row: T) => ReactNode;
  /** What hovering says. */
  hint?: (row: T) => string;
}

/** A short table that is only read: all of its rows are drawn. */
export function PlainTable<T>({ columns, rows, keyOf, className, label }: PlainTableProps<T>) {
  const number = (numeric: boolean | undefined) => (numeric ? 'fb-cell-number' : undefined);
  return (
    <table className={`fb-table ${className}`} aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ title, untitled, numeric }) => (
            <th key={title} scope="col" className={number(numeric)}>
              {untitled ? <span className="fb-only-read">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ title, numeric, dim, cell, hint }) => (
              <td key={title} className={dim ? 'fb-dim' : number(numeric)} title={hint?.(row)}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface PlainTableProps<T> {
  columns: readonly PlainColumn<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  className: string;
  /** What a screen reader calls it. */
  label?: string;
}
