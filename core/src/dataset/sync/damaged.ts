import type { Lake } from '../../lake/lake.ts';
import type { Entry } from '../entry.ts';
import { readRoot } from '../manifest/root.ts';

/** Packs that are known to be damaged, of those that the parent version refers to. */
export class DamagedPacks {
  readonly #packs: ReadonlySet<string>;

  constructor(packs: Iterable<string> = []) {
    this.#packs = new Set(packs);
  }

  get any(): boolean {
    return this.#packs.size > 0;
  }

  /** Whether some of the file's content lies in one of them. */
  hit(entry: Entry | undefined): boolean {
    if (!this.any || entry?.kind !== 'file') return false;
    return entry.parts.some((part) => 'pack' in part && this.#packs.has(part.pack));
  }
}

/** Of `known` those that concern the parent; asked of the lake only where any is known. */
export async function damagedIn(
  lake: Lake,
  datasetId: string,
  parentRoot: string | undefined,
  known: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<DamagedPacks> {
  if (!parentRoot || !known || known.length === 0) return new DamagedPacks();
  const { packs } = await readRoot(lake, datasetId, parentRoot, signal);
  return new DamagedPacks(known.filter((pack) => packs.has(pack)));
}
