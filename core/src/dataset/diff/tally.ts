import { fileType } from '../../api/fileType.ts';
import type { DiffTable } from './table.ts';

/** Files and bytes on one side. */
export interface Amount {
  files: number;
  bytes: number;
}

/** Of the paths that differ: how much there was and is. */
export interface TypeChange {
  /** `png`; '' where names say none. */
  type: string;
  before: Amount;
  after: Amount;
}

/** By type of file, those with most bytes first; moves change nothing. Cost follows the change, not the version. */
export function changesByType(table: DiffTable): TypeChange[] {
  const types = new Map<string, TypeChange>();
  for (let row = 0; row < table.length; row++) {
    const is = table.is(row);
    if (is === 'moved' || is === 'left') continue;
    const files = table.files(row);
    if (!files.before && !files.after) continue;
    const type = fileType(table.path(row));
    const change = types.get(type) ?? { type, before: { files: 0, bytes: 0 }, after: { files: 0, bytes: 0 } };
    types.set(type, change);
    const bytes = table.bytes(row);
    for (const side of ['before', 'after'] as const) {
      if (!files[side]) continue;
      change[side].files++;
      change[side].bytes += bytes[side];
    }
  }
  const weight = ({ before, after }: TypeChange) => before.bytes + after.bytes;
  return [...types.values()].sort((a, b) => weight(b) - weight(a) || (a.type < b.type ? -1 : 1));
}
