import type { Lake } from '../../lake/lake.ts';
import type { VersionRecord } from '../history.ts';
import { fetchPages } from '../manifest/fetch.ts';
import { isLeaf, type Page, type PageRef } from '../manifest/page.ts';
import { type Root, readRoot } from '../manifest/root.ts';
import { placeOf } from '../rewrite/leaves.ts';

/** A version's pages may lie in this many objects (design: Digest), and in four for each that they would fill. */
const objectsMost = 32;
const perObjectMost = 4;
const objectBytes = 8 * 2 ** 20;

export interface Survey {
  /** Of packs that may be less than half in use: the size of the object. */
  sparse: Map<string, number>;
  /** Numbers of versions whose pages are scattered. */
  scattered: Set<number>;
  /** All packs that listed versions refer to. */
  packs: number;
}

/** Looks at roots and index pages; what versions share is read once. */
export async function survey(
  lake: Lake,
  datasetId: string,
  versions: readonly VersionRecord[],
  signal: AbortSignal,
  done: (versions: number) => void,
): Promise<Survey> {
  const scatter = new Scatter(lake, datasetId, signal);
  const most = new Map<string, { size: number; used: number }>();
  const scattered = new Set<number>();
  for (const [at, { version, root: name }] of versions.entries()) {
    const root = await readRoot(lake, datasetId, name, signal);
    noteUse(most, root);
    if (isScattered(await scatter.of(root.page))) scattered.add(version);
    done(at + 1);
  }
  const sparse = [...most]
    .filter(([, { size, used }]) => used < size / 2)
    .map(([pack, { size }]) => [pack, size] as const);
  return { sparse: new Map(sparse), scattered, packs: most.size };
}

/** What one version uses of a pack is in use; whether several together use half of it, their leaves tell. */
function noteUse(most: Map<string, { size: number; used: number }>, root: Root): void {
  for (const [pack, { size, used }] of root.packs) {
    const known = most.get(pack);
    if (!known) most.set(pack, { size, used });
    else known.used = Math.max(known.used, used);
  }
}

interface Spread {
  objects: Set<string>;
  bytes: number;
}

function isScattered({ objects, bytes }: Spread): boolean {
  return objects.size > Math.max(objectsMost, perObjectMost * Math.ceil(bytes / objectBytes));
}

/** Counts the objects that a version's pages lie in, by what lies below each index page. */
class Scatter {
  readonly #lake: Lake;
  readonly #datasetId: string;
  readonly #signal: AbortSignal;
  readonly #known = new Map<string, Spread>();

  constructor(lake: Lake, datasetId: string, signal: AbortSignal) {
    this.#lake = lake;
    this.#datasetId = datasetId;
    this.#signal = signal;
  }

  async of(page: Page): Promise<Spread> {
    if (isLeaf(page)) return { objects: new Set(), bytes: 0 };
    if (page.level > 1) await this.#learn(page.children);
    const spread: Spread = { objects: new Set(), bytes: 0 };
    for (const ref of page.children) {
      spread.objects.add(ref.object);
      spread.bytes += ref.length;
      const below = this.#known.get(placeOf(ref));
      for (const object of below?.objects ?? []) spread.objects.add(object);
      spread.bytes += below?.bytes ?? 0;
    }
    return spread;
  }

  async #learn(refs: PageRef[]): Promise<void> {
    const fresh = refs.filter((ref) => !this.#known.has(placeOf(ref)));
    for await (const { ref, page } of fetchPages(this.#lake, this.#datasetId, fresh, this.#signal)) {
      this.#known.set(placeOf(ref), await this.of(page));
    }
  }
}
