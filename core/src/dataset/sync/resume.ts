import type { Tree } from '../scan/tree.ts';
import type { Digests } from './compare.ts';
import type { JournalPack } from './journal.ts';
import type { Places } from './places.ts';

/**
 * Puts files that an earlier attempt uploaded, and that are as they were then, in their places.
 * Gives what is left to read. The packs stay another's: a version may name them, so they are never deleted.
 */
export function resumeUploads(
  packs: JournalPack[],
  tree: Tree,
  toRead: number[],
  digests: Digests,
  places: Places,
): number[] {
  if (packs.length === 0) return toRead;
  const wanted = new Map(toRead.map((at) => [tree.path(at), at]));
  for (const pack of packs) {
    const usable = pack.files.flatMap(([path, size, mtime, ctime, inode, sha256, offset]) => {
      const at = wanted.get(path);
      if (at === undefined) return [];
      const found = tree.at(at);
      const same =
        found.size === size && found.mtime === mtime && found.ctime === ctime && found.inode === inode;
      return same ? [{ at, path, sha256, offset }] : [];
    });
    if (usable.length === 0) continue;
    places.addPack(pack.pack, pack.size);
    for (const { at, path, sha256, offset } of usable) {
      digests.set(at, sha256);
      places.addFile(at, offset);
      wanted.delete(path);
    }
  }
  return toRead.filter((at) => wanted.has(tree.path(at)));
}
