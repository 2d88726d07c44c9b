import { dataCode } from '../../src/api/code/dataCode.ts';
import { isTable } from '../../src/api/fileType.ts';

/** Python for a file that is dragged or copied: a table is read, of anything else there is the path. */
export function fileCode(dataset: string, version: number, path: string): string {
  const kind = isTable(path) ? 'pandas' : 'path';
  return dataCode(kind, { dataset, version, path });
}
