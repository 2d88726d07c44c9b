import type { Selection } from '../api/schemas.ts';
import type { Entry } from './entry.ts';
import type { Leaves } from './manifest/read.ts';
import { RecordedIndex } from './recorded/read.ts';
import { RecordedRows } from './recorded/rows.ts';
import { ignoreFile } from './scan/ignored.ts';
import { type Selects, selecting } from './selection.ts';

/** What a new working copy of a part gets: what is selected, and whatever says which files of a folder don't count. */
export function checkedOut(selection: Selection): Selects {
  const selects = selecting(selection);
  return (entry) => selects(entry) || entry.path === ignoreFile || entry.path.endsWith(`/${ignoreFile}`);
}

/**
 * What a working copy of a part answers for: what is selected, and what else was in the folder when it was last the
 * same as a version. Only there does a missing file mean a removed one. An index that got lost makes it smaller: then
 * less is removed.
 */
export function scopeOf(selection: Selection, indexFile: string): Selects {
  const selects = checkedOut(selection);
  const beside = new Set<string>();
  const index = RecordedIndex.open(indexFile);
  for (const rows = new RecordedRows(index); rows.path !== undefined; rows.take()) {
    if (!selects({ path: rows.path, kind: 'file' })) beside.add(rows.path);
  }
  index?.close();
  return (entry) => selects(entry) || beside.has(entry.path);
}

export async function* only(leaves: Leaves, selects: Selects): AsyncGenerator<Entry[]> {
  for await (const entries of leaves) yield entries.filter(selects);
}
