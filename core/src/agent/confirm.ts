import { ForebayError, isForebayError } from '../api/errors.ts';
import type { Selection } from '../api/schemas.ts';
import type { Entry, Part } from '../dataset/entry.ts';
import { readLeaves } from '../dataset/manifest/read.ts';
import { readRoot } from '../dataset/manifest/root.ts';
import { keyOf } from '../dataset/names.ts';
import { selecting } from '../dataset/selection.ts';
import type { Lake } from '../lake/lake.ts';
import type { ExternalObject } from '../lake/object.ts';

const headsAtOnce = 16;

/**
 * Before the cached copy goes: the manifest is read and checked page by page, every pack is there with its size
 * (of a part: every pack that it needs), and every imported object is what was imported: one byte of each is read.
 * Throws `damaged` where the lake lacks something, and `object-changed`: the cache may hold the only copy.
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
    const parts = entries.filter((entry) => !selects || selects(entry)).flatMap(partsOf);
    for (const part of parts) if ('pack' in part) needed.add(part.pack);
    await confirmObjects(lake, version.ref, parts, signal);
  }
  const waiting = [...packs].filter(([pack]) => !selects || needed.has(pack));
  const check = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      signal.throwIfAborted();
      const [pack, { size }] = next;
      const key = keyOf.pack(datasetId, pack);
      const found = await lake.head(key, { signal });
      if (found !== size) throw lacking(version.ref, key, found);
    }
  };
  await Promise.all(Array.from({ length: headsAtOnce }, check));
}

const partsOf = (entry: Entry): Part[] => (entry.kind === 'file' ? entry.parts : []);

/** A page's objects at once: how many requests that makes is for `Externals` to say. */
async function confirmObjects({ externals }: Lake, ref: string, parts: Part[], signal: AbortSignal) {
  const check = async (object: ExternalObject) => {
    try {
      await externals.read(object, { range: { offset: 0, length: 1 }, signal });
    } catch (error) {
      throw isForebayError(error, 'object-changed') ? changed(ref, error) : error;
    }
  };
  await Promise.all(parts.flatMap((part) => ('external' in part ? [check(part.external)] : [])));
}

function lacking(ref: string, key: string, found: number | undefined): ForebayError {
  return new ForebayError(
    'damaged',
    `${ref} stays on the cache: in the lake, ${key} ${found === undefined ? 'is missing' : 'has another size'}.`,
    'Sync a folder with the same files to put it back into the lake.',
  );
}

function changed(ref: string, cause: ForebayError): ForebayError {
  return new ForebayError(
    'object-changed',
    `${ref} stays on the cache, which may hold the only copy: ${cause.message}`,
    'Clone the version to keep its files, or restore the object.',
    { cause },
  );
}
