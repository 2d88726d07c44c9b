import type { Lake } from '../../lake/lake.ts';
import type { Origin } from '../entry.ts';
import { keyOf } from '../names.ts';
import { decompress, parseJson } from './codec.ts';

/** SHA-256 (hex) of imported objects that somebody has read, by `originKey`. What can't be read is passed over. */
export async function readLearned(lake: Lake, datasetId: string): Promise<Map<string, string>> {
  const learned = new Map<string, string>();
  for await (const { key } of lake.list(keyOf.learned(datasetId))) {
    const bytes = await lake.get(key);
    if (!bytes) continue;
    for (const line of decompress(bytes, key).split('\n')) {
      const item = line === '' ? undefined : parseJson(line, key);
      if (!Array.isArray(item)) continue;
      const [url, etag, versionId, hash] = item;
      const hex = /^sha256:([0-9a-f]{64})$/.exec(String(hash))?.[1];
      if (hex) learned.set(originKey({ url, etag, versionId }), hex);
    }
  }
  return learned;
}

export function originKey({ url, etag, versionId }: Origin): string {
  return JSON.stringify([url, etag, versionId]);
}
