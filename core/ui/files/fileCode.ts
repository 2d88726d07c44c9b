import { dataCode } from '../../src/api/dataCode.ts';
import { fileType } from '../../src/api/fileType.ts';

const tables = new Set(['csv', 'tsv', 'tab', 'parquet', 'pq', 'jsonl', 'ndjson', 'feather', 'xlsx', 'xls']);

/** Python for a file that is dragged or copied: a table is read, of anything else there is the path. */
export function fileCode(dataset: string, version: number, path: string): string {
  const kind = tables.has(fileType(path)) ? 'pandas' : 'path';
  return dataCode(kind, { dataset, version, path });
}
