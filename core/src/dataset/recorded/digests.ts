import { comparePaths } from '../entry.ts';
import { flagsOf } from '../scan/run.ts';
import type { Tree } from '../scan/tree.ts';
import { isUnknown } from './format.ts';
import { RecordedIndex } from './read.ts';
import { RecordedRows } from './rows.ts';

/** SHA-256 (hex) by path of those files that still have the stats they were recorded with. */
export function recordedDigests(tree: Tree, indexFile: string): Map<string, string> {
  const digests = new Map<string, string>();
  const index = RecordedIndex.open(indexFile);
  const rows = new RecordedRows(index);
  for (let at = 0; at < tree.length; at++) {
    const { path, kind, size, executable, mtime, ctime, inode } = tree.at(at);
    while (rows.path !== undefined && comparePaths(rows.path, path) < 0) rows.take();
    if (rows.path !== path) continue;
    const row = rows.take();
    const stats = Float64Array.of(size, mtime, ctime, inode);
    if (kind !== 'file' || !row.isAs(flagsOf(kind, executable), stats)) continue;
    if (!isUnknown(row.digest, 0)) digests.set(path, row.digest.toString('hex'));
  }
  index?.close();
  return digests;
}
