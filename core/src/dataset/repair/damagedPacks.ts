import type { Lake } from '../../lake/lake.ts';
import type { Entry } from '../entry.ts';
import { keyOf } from '../names.ts';

/**
 * Which packs the damage of these files is in. Of a file in several packs the missing and the short ones are told from the
 * others; where none is, any may hold the wrong bytes.
 */
export async function damagedPacksOf(
  lake: Lake,
  datasetId: string,
  files: readonly Entry[],
  signal: AbortSignal,
): Promise<Set<string>> {
  const damaged = new Set<string>();
  const sizes = new Map<string, number>();
  const sizeOf = async (pack: string) => {
    const known = sizes.get(pack) ?? (await lake.head(keyOf.pack(datasetId, pack), { signal })) ?? 0;
    sizes.set(pack, known);
    return known;
  };
  for (const file of files) {
    if (file.kind !== 'file') continue;
    const parts = file.parts.filter((part) => 'pack' in part);
    const short: string[] = [];
    for (const { pack, offset, length } of parts.length > 1 ? parts : []) {
      if ((await sizeOf(pack)) < offset + length) short.push(pack);
    }
    for (const pack of short.length > 0 ? short : parts.map((part) => part.pack)) damaged.add(pack);
  }
  return damaged;
}
