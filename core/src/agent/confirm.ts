import { ForebayError } from '../api/index.ts';
import { readLeaves } from '../dataset/manifest/read.ts';
import { readRoot } from '../dataset/manifest/root.ts';
import { keyOf } from '../dataset/names.ts';
import type { Lake } from '../lake/lake.ts';

const headsAtOnce = 16;

/**
 * Before the cached copy goes: the manifest is read and checked page by page, and every pack is there with its size.
 * Throws `damaged` where the lake lacks something, so that the cache may hold the only copy.
 */
export async function confirmInLake(
  lake: Lake,
  datasetId: string,
  version: { ref: string; root: string },
  signal: AbortSignal,
): Promise<void> {
  const { packs } = await readRoot(lake, datasetId, version.root, signal);
  for await (const _ of readLeaves(lake, datasetId, version.root, { signal })) signal.throwIfAborted();
  const waiting = [...packs];
  const check = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      signal.throwIfAborted();
      const [pack, { size }] = next;
      const key = keyOf.pack(datasetId, pack);
      const found = await lake.head(key, { signal });
      if (found !== size) throw onlyCopy(version.ref, key, found);
    }
  };
  await Promise.all(Array.from({ length: headsAtOnce }, check));
}

function onlyCopy(ref: string, key: string, found: number | undefined): ForebayError {
  return new ForebayError(
    'damaged',
    `${ref} stays on the cache: in the lake, ${key} ${found === undefined ? 'is missing' : 'has another size'}.`,
    'Sync a folder with the same files to put it back into the lake.',
  );
}
