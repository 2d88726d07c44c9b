import type { Stored } from '../pack/messages.ts';
import type { Tree } from '../scan/tree.ts';
import type { Digests } from './compare.ts';
import type { JournalPack } from './journal.ts';
import type { Places } from './places.ts';

/**
 * Puts files that an earlier attempt uploaded, and that are as they were then, in their places; chunks are known by
 * their content. Gives what is left to read. The packs stay another's: a version may name them, so they are never deleted.
 */
export function resumeUploads(
  packs: JournalPack[],
  tree: Tree,
  toRead: number[],
  digests: Digests,
  places: Places,
  /** Whether another sync sent the pack, not this one before the log overtook it. */
  isEarlier: (pack: string) => boolean,
): number[] {
  if (packs.length === 0) return toRead;
  const wanted = new Map(toRead.map((at) => [tree.path(at), at]));
  for (const pack of packs) {
    const usable = [...pack.files, ...(pack.zstd ?? [])].flatMap((line) => {
      const [path, size, mtime, ctime, inode, sha256, offset, length] = line;
      const at = wanted.get(path);
      if (at === undefined) return [];
      const found = tree.at(at);
      const same =
        found.size === size && found.mtime === mtime && found.ctime === ctime && found.inode === inode;
      return same ? [{ at, path, sha256, stored: storedAs(offset, size, length) }] : [];
    });
    const chunks = (pack.chunks ?? []).map(([sha256, offset, length, codec, size]) => ({
      sha256,
      offset,
      length,
      codec,
      size,
    }));
    if (usable.length === 0 && chunks.length === 0) continue;
    places.addPack(pack.pack, pack.size, isEarlier(pack.pack));
    places.addChunks(chunks);
    for (const { at, path, sha256, stored } of usable) {
      digests.set(at, sha256);
      places.addFile(at, stored);
      wanted.delete(path);
    }
  }
  return toRead.filter((at) => wanted.has(tree.path(at)));
}

function storedAs(offset: number, size: number, squeezed: number | undefined): Stored {
  return squeezed === undefined
    ? { offset, length: size, codec: 'raw' }
    : { offset, length: squeezed, codec: 'zstd' };
}
