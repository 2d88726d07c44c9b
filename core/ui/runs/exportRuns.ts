import { parquetWriteBuffer } from 'hyparquet-writer';
import { noteTag } from '../../src/api/run/runTags.ts';
import type { Run } from '../../src/api/schemas.ts';
import { type Column, columnsOf, nameColumn } from './columns.ts';

/** Everything that is known of the runs, whichever columns a table shows. */
function exported(runs: readonly Run[]): Column[] {
  const note: Column = {
    ...{ ...nameColumn, id: 'note', title: 'Note' },
    value: ({ tags }) => tags[noteTag] ?? null,
  };
  const all = [nameColumn, ...columnsOf(runs), note];
  // Times as times, whatever the table writes.
  return all.map((column) =>
    column.id === 'started' ? { ...column, numeric: false, value: ({ started }) => started } : column,
  );
}

/** RFC 4180, with a head of `name`, `metric:loss`, `param:lr`; a metric that is no number as NaN or Infinity. */
export function exportCsv(runs: readonly Run[]): Uint8Array {
  const columns = exported(runs);
  const cell = (column: Column, run: Run) => {
    const value = column.value(run);
    return value === null && column.group === 'Metrics' ? column.text(run) : String(value ?? '');
  };
  const lines = [
    columns.map(({ id }) => headOf(id)),
    ...runs.map((run) => columns.map((column) => cell(column, run))),
  ].map((cells) => cells.map(quote).join(','));
  return new TextEncoder().encode(`${lines.join('\r\n')}\r\n`);
}

/** Numbers have a unit. */
const headOf = (id: string) => (id === 'duration' ? 'duration (s)' : id);

const quote = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Apache Parquet: a column of doubles for what is a number in every run, else of strings; nulls where a run has none. */
export function exportParquet(runs: readonly Run[]): Uint8Array {
  const columnData = exported(runs).map((column) => {
    const data = runs.map((run) => numberOrValue(column, run));
    const type = column.numeric ? ('DOUBLE' as const) : ('STRING' as const);
    return { name: headOf(column.id), data: column.numeric ? data : data.map(asText), type, nullable: true };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

/** NaN and infinities have doubles of their own. */
function numberOrValue(column: Column, run: Run): string | number | null {
  const value = column.value(run);
  if (value !== null || column.group !== 'Metrics') return value;
  const text = column.text(run);
  return text === '' ? null : Number(text);
}

const asText = (value: string | number | null) => (value === null ? null : String(value));
