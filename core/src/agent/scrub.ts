import { CacheDirectory } from '../cache/directory.ts';
import type { CachedVersion } from '../cache/record.ts';
import { type Scrubbed, scrubSlice } from '../cache/scrub.ts';
import type { Control } from '../dataset/progress.ts';
import type { Lake } from '../lake/lake.ts';

/** Some of a cached version, or part of one, to read again, at a pace that disturbs nobody. */
export interface ScrubOrder {
  cache: string;
  hubId: string;
  dataset: { id: string; name: string };
  version: CachedVersion;
  fillId: string;
  from: string | null;
  clean: boolean;
  bytesPerSecond: number;
  /** Milliseconds. */
  patience: number;
}

export async function scrub(order: ScrubOrder, lake: Lake, control: Control): Promise<Scrubbed> {
  const cache = await CacheDirectory.open(order.cache, order.hubId);
  return scrubSlice({ ...order, cache, lake }, control.signal);
}
