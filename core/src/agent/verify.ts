import type { VerifyResult } from '../api/index.ts';
import { CacheDirectory } from '../cache/directory.ts';
import type { CachedVersion } from '../cache/record.ts';
import { verifyPlacement } from '../cache/verify.ts';
import type { Control } from '../dataset/progress.ts';
import type { Lake } from '../lake/lake.ts';

/** One cached version to read again. */
export interface VerifyOrder {
  cache: string;
  hubId: string;
  dataset: { id: string; name: string };
  version: CachedVersion;
}

export async function verifyCached(order: VerifyOrder, lake: Lake, control: Control): Promise<VerifyResult> {
  const cache = await CacheDirectory.open(order.cache, order.hubId);
  return verifyPlacement({ cache, lake, dataset: order.dataset, version: order.version }, control);
}
