import type { Lake } from '../../lake/lake.ts';
import { comparePaths, type Entry } from '../entry.ts';
import type { Learned } from '../learned/learned.ts';
import { boundaryBits, endsPage } from '../manifest/boundary.ts';
import { fetchPages } from '../manifest/fetch.ts';
import type { LeafPage, PageRef } from '../manifest/page.ts';
import { readLeafRefs } from '../manifest/read.ts';
import type { Root } from '../manifest/root.ts';
import type { FolderRows, Row } from '../recorded/folderRows.ts';

/** What the parent version and the folder have at one path; or a page of the parent that the folder still is. */
export type Pair =
  | { is: 'pair'; before: Entry | undefined; row: Row | undefined }
  /** Nothing below it has changed, and the new version has the same page at the same place. */
  | { is: 'page'; ref: PageRef };

/** A page of the parent, and what the folder has in its stretch of paths. */
interface Stretch {
  ref: PageRef;
  rows: Iterable<Row[]>;
  kept: boolean;
}

/** Rows that are looked at together with the pages beside them. */
const rowsAtOnce = 16_384;

/**
 * Goes through the parent version and the folder in step, in path order, a few thousand at a time. Where the folder is
 * recorded as this very parent (`recorded`), pages in whose stretch nothing changed are not read: the cost follows the change.
 */
export async function* pairWithParent(options: {
  lake: Lake;
  datasetId: string;
  parent: Root | undefined;
  rows: FolderRows;
  recorded: boolean;
  /** Of imported objects, what they were when somebody read them. */
  learned: Learned;
  /** Hears of each page of the parent. */
  onPage?: (ref: PageRef) => void;
  signal: AbortSignal;
}): AsyncGenerator<Pair[]> {
  const { lake, datasetId, parent, rows, recorded, learned, onPage = () => {}, signal } = options;
  if (parent) {
    const walk = new ParentWalk(rows, recorded);
    for await (const group of readLeafRefs(lake, datasetId, parent.page, { onPage, signal })) {
      if (!Array.isArray(group)) {
        const entries = await learned.fillLeaf(group.entries);
        yield* pairUp(entries, rowsUntil(rows, entries.at(-1)?.path ?? ''));
        continue;
      }
      for (const stretches of walk.through(group)) {
        const changed = fetchChanged(lake, datasetId, stretches, signal);
        yield* pairsOfStretches(stretches, learned.fillLeaves(changed));
      }
    }
  }
  for (let more = rows.takeSome(); more.length > 0; more = rows.takeSome()) {
    yield more.map((row): Pair => ({ is: 'pair', before: undefined, row }));
  }
}

/** Finds which pages of the parent stay as they are. */
class ParentWalk {
  readonly #rows: FolderRows;
  readonly #recorded: boolean;
  /** The new version has a page's end where the next page of the parent begins. */
  #aligned: boolean;

  constructor(rows: FolderRows, recorded: boolean) {
    this.#rows = rows;
    this.#recorded = recorded;
    this.#aligned = recorded;
  }

  /** A few thousand rows at a time; of what is more in one stretch, the rest has to be taken before the next are asked for. */
  *through(refs: PageRef[]): Generator<Stretch[]> {
    let stretches: Stretch[] = [];
    let held = 0;
    for (const ref of refs) {
      const { rows, differs, more } = this.#rows.takeUntil(ref.last, rowsAtOnce);
      if (more) {
        stretches.push({ ref, rows: this.#goOn(rows, ref.last), kept: false });
        this.#aligned = false;
      } else {
        const kept = this.#aligned && !differs && rows.length === ref.entries && endsBy(ref);
        this.#aligned = this.#recorded && (kept || (rows.at(-1)?.path === ref.last && isBoundary(ref.last)));
        stretches.push({ ref, rows: [rows], kept });
        held += rows.length;
      }
      if (!more && held < rowsAtOnce) continue;
      yield stretches;
      [stretches, held] = [[], 0];
    }
    if (stretches.length > 0) yield stretches;
  }

  *#goOn(first: Row[], last: string): Generator<Row[]> {
    yield first;
    let newest = first.at(-1)?.path;
    for (const rows of rowsUntil(this.#rows, last)) {
      newest = rows.at(-1)?.path ?? newest;
      yield rows;
    }
    this.#aligned = this.#recorded && newest === last && isBoundary(last);
  }
}

function* rowsUntil(rows: FolderRows, last: string): Generator<Row[]> {
  for (let more = true; more; ) {
    const taken = rows.takeUntil(last, rowsAtOnce);
    yield taken.rows;
    more = taken.more;
  }
}

async function* fetchChanged(
  lake: Lake,
  datasetId: string,
  stretches: Stretch[],
  signal: AbortSignal,
): AsyncGenerator<Entry[]> {
  const changed = stretches.filter(({ kept }) => !kept).map(({ ref }) => ref);
  for await (const { page } of fetchPages(lake, datasetId, changed, signal)) yield (page as LeafPage).entries;
}

async function* pairsOfStretches(
  stretches: Stretch[],
  changed: AsyncGenerator<Entry[]>,
): AsyncGenerator<Pair[]> {
  for (const { ref, rows, kept } of stretches) {
    if (kept) {
      yield [{ is: 'page', ref }];
      continue;
    }
    const next = await changed.next();
    if (!next.done) yield* pairUp(next.value, rows);
  }
}

/** Merges two lists in path order. */
export function* pairUp(entries: Entry[], rows: Iterable<Row[]>): Generator<Pair[]> {
  let at = 0;
  for (const some of rows) {
    const pairs: Pair[] = [];
    for (const row of some) {
      let order = -1;
      for (let before = entries[at]; before; before = entries[at]) {
        order = comparePaths(before.path, row.path);
        if (order >= 0) break;
        pairs.push({ is: 'pair', before, row: undefined });
        at++;
      }
      pairs.push({ is: 'pair', before: order === 0 ? entries[at++] : undefined, row });
    }
    if (pairs.length > 0) yield pairs;
  }
  if (at < entries.length) {
    yield entries.slice(at).map((before): Pair => ({ is: 'pair', before, row: undefined }));
  }
}

/** A page ends there whatever comes before and after it. */
function isBoundary(path: string): boolean {
  return endsPage(0, boundaryBits(path), 1);
}

/** The last page of a version may end only because nothing follows: then it would have to go on where something does. */
function endsBy({ last, entries }: PageRef): boolean {
  return endsPage(0, boundaryBits(last), entries);
}
