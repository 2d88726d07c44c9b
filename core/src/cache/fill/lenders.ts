import type { Entry } from '../../dataset/entry.ts';
import type { Learned } from '../../dataset/learned/learned.ts';
import type { Leaves } from '../../dataset/manifest/read.ts';
import { readSelectedLeaves } from '../../dataset/selection.ts';
import type { Lake } from '../../lake/lake.ts';
import type { CacheDirectory } from '../directory.ts';
import { type CachedVersion, isReady, type Lender, partOf } from '../record.ts';

/** How many other versions lend files: each costs the reading of its manifest. */
const most = 2;

export interface LendingRequest {
  cache: CacheDirectory;
  lake: Lake;
  dataset: { id: string; name: string };
  version: CachedVersion;
  /** Ready versions of the same dataset, or parts of them; with `heal`, what is healed among them. */
  reuse?: Lender[];
  heal?: boolean;
}

export interface Lending {
  folder: string;
  leaves: () => Leaves;
}

/**
 * The nearest versions that are ready on this cache now, nearest first, with what they may lend; what is healed before
 * all others, and of a version that lies there in parts the largest.
 */
export async function readyLenders(
  request: LendingRequest,
  learned: Learned,
  signal?: AbortSignal,
): Promise<Lending[]> {
  const { cache, dataset, version, reuse = [], heal = false } = request;
  const distance = (other: CachedVersion): number =>
    isSame(other, version) ? -1 : Math.abs(other.version - version.version);
  const nearest = reuse
    .filter((other) => heal || !isSame(other, version))
    .sort((a, b) => distance(a) - distance(b) || b.files - a.files);
  const lending: Lending[] = [];
  for (const lender of nearest) {
    if (lending.length === most) break;
    const found = await cache.find(dataset, lender.version, partOf(lender));
    if (isReady(found, { ...lender, datasetId: dataset.id })) {
      lending.push({
        folder: found.path,
        leaves: () => learned.fillLeaves(undamaged(request, lender, signal)),
      });
    }
  }
  return lending;
}

function isSame(a: CachedVersion, b: CachedVersion): boolean {
  return a.version === b.version && partOf(a) === partOf(b);
}

async function* undamaged(
  { lake, dataset }: LendingRequest,
  { root, selection, damaged = [] }: Lender,
  signal?: AbortSignal,
): AsyncGenerator<Entry[]> {
  const lost = new Set(damaged);
  for await (const entries of readSelectedLeaves(lake, dataset.id, root, selection, { signal })) {
    yield lost.size === 0 ? entries : entries.filter(({ path }) => !lost.has(path));
  }
}
