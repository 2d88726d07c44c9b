import type { Entry } from '../../entry.ts';
import { isUnknown } from '../../recorded/format.ts';
import { RecordedIndex } from '../../recorded/read.ts';
import { type RecordedRow, RecordedRows } from '../../recorded/rows.ts';
import { flagsOf, isExecutable, kindOf } from '../../scan/run.ts';
import type { Found, Tree } from '../../scan/tree.ts';

/**
 * What a working copy's index tells of the version that the folder was once the same as, for a base that was removed and
 * is gone from the lake: what is untouched since, and what files held that were changed or deleted since. Nothing where
 * the index is of another state than that version's.
 */
export async function* recordedBase(
  tree: Tree,
  indexFile: string,
  digest: string | undefined,
): AsyncGenerator<Entry> {
  const index = RecordedIndex.open(indexFile);
  if (!index) return;
  try {
    if (index.header?.digest !== digest) return;
    const standing = new Map(tree.paths.map((path, at) => [path, at]));
    for (const rows = new RecordedRows(index); rows.path !== undefined; ) {
      const row = rows.take();
      const at = standing.get(rows.taken);
      const entry = entryOf(rows.taken, row, at === undefined ? undefined : tree.at(at));
      if (entry) yield entry;
    }
  } finally {
    index.close();
  }
}

function entryOf(path: string, row: RecordedRow, found: Found | undefined): Entry | undefined {
  const kind = kindOf(row.flags);
  if (kind === 'file') {
    if (isUnknown(row.digest, 0)) return undefined;
    const [size, sha256] = [row.stats[0] as number, row.digest.toString('hex')];
    return { kind, path, size, sha256, executable: isExecutable(row.flags), mtime: 0, parts: [] };
  }
  if (!found || !isUntouched(found, row)) return undefined;
  return kind === 'link' ? { kind, path, target: found.target } : { kind, path };
}

function isUntouched({ kind, size, executable, mtime, ctime, inode }: Found, row: RecordedRow): boolean {
  return row.isAs(flagsOf(kind, executable), Float64Array.of(size, mtime, ctime, inode));
}
