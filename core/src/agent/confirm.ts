import { ForebayError } from '../api/errors.ts';
import type { Selection } from '../api/schemas.ts';
import type { Entry } from '../dataset/entry.ts';
import { readLeaves } from '../dataset/manifest/read.ts';
import { readRoot } from '../dataset/manifest/root.ts';
import { keyOf } from '../dataset/names.ts';
import { selecting } from '../dataset/selection.ts';
import type { Lake } from '../lake/lake.ts';

const headsAtOnce = 16;

/**
 * Before the cached copy goes: the manifest is read and checked page by page, and every pack is there with its size
 * (of a part: every pack that it needs).
 * Throws `damaged` where the lake lacks something, so that the cache may hold the only copy.
 */
export async function confirmInLake(
  lake: Lake,
  datasetId: string,
  version: { ref: string; root: string; selection: Selection | null },
  signal: AbortSignal,
): Promise<void> {
  const { packs } = await readRoot(lake, datasetId, version.root, signal);
  const selects = version.selection && selecting(version.selection);
  const needed = new Set<string>();
  for await (const entries of readLeaves(lake, datasetId, version.root, { signal })) {
    signal.throwIfAborted();
    for (const entry of entries) if (selects?.(entry)) addPacks(entry, needed);
  }
  const waiting = [...packs].filter(([pack]) => !selects || needed.has(pack));
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

function addPacks(entry: Entry, packs: Set<string>): void {
  if (entry.kind !== 'file') return;
  for (const part of entry.parts) if ('pack' in part) packs.add(part.pack);
}

function onlyCopy(ref: string, key: string, found: number | undefined): ForebayError {
  return new ForebayError(
    'damaged',
    `${ref} stays on the cache: in the lake, ${key} ${found === undefined ? 'is missing' : 'has another size'}.`,
    'Sync a folder with the same files to put it back into the lake.',
  );
}
