import type { Lake } from '../../lake/lake.ts';
import type { Entry } from '../entry.ts';
import { fetchPages } from './fetch.ts';
import { isLeaf, type Page, type PageRef } from './page.ts';
import { readRoot } from './root.ts';

/** A page that is only referred to, or (a root) is here already. */
interface Held {
  hash: string;
  level: number;
  at: PageRef | Page;
}

/**
 * The entries of those leaves that only one of two versions has, in path order: what differs is among them.
 * Pages with equal hashes hold equal entries, so they are never read: the cost follows the difference.
 */
export async function differingEntries(
  lake: Lake,
  datasetId: string,
  fromRoot: string | undefined,
  toRoot: string,
  signal?: AbortSignal,
): Promise<{ before: Entry[]; after: Entry[] }> {
  const [from, to] = await Promise.all([
    fromRoot === undefined ? undefined : readRoot(lake, datasetId, fromRoot, signal),
    readRoot(lake, datasetId, toRoot, signal),
  ]);
  let sides: [Held[], Held[]] = [from ? [held(from)] : [], [held(to)]];
  for (let level = topOf(sides); level > 0; level--) {
    const [before, after] = withoutCommon(sides);
    sides = await Promise.all([
      expand(lake, datasetId, before, level, signal),
      expand(lake, datasetId, after, level, signal),
    ]);
  }
  const [before, after] = withoutCommon(sides);
  return {
    before: await entriesOf(lake, datasetId, before, signal),
    after: await entriesOf(lake, datasetId, after, signal),
  };
}

function held({ digest, page }: { digest: string; page: Page }): Held {
  return { hash: digest, level: page.level, at: page };
}

function topOf(sides: Held[][]): number {
  return Math.max(0, ...sides.flat().map((page) => page.level));
}

function withoutCommon([before, after]: [Held[], Held[]]): [Held[], Held[]] {
  const [old, now] = [before, after].map((side) => new Set(side.map((page) => page.hash)));
  return [before.filter((page) => !now?.has(page.hash)), after.filter((page) => !old?.has(page.hash))];
}

/** The children of pages of `level`; pages below stay as they are. */
async function expand(
  lake: Lake,
  datasetId: string,
  side: Held[],
  level: number,
  signal: AbortSignal | undefined,
): Promise<Held[]> {
  if (side.every((page) => page.level < level)) return side;
  const children: Held[] = [];
  for await (const page of pagesOf(lake, datasetId, side, signal)) {
    if (isLeaf(page)) continue;
    for (const child of page.children) children.push({ hash: child.hash, level: level - 1, at: child });
  }
  return children;
}

async function entriesOf(
  lake: Lake,
  datasetId: string,
  side: Held[],
  signal: AbortSignal | undefined,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const page of pagesOf(lake, datasetId, side, signal))
    if (isLeaf(page)) entries.push(...page.entries);
  return entries;
}

async function* pagesOf(
  lake: Lake,
  datasetId: string,
  side: Held[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Page> {
  const refs: PageRef[] = [];
  for (const { at } of side) {
    if ('object' in at) refs.push(at);
    else yield at;
  }
  for await (const { page } of fetchPages(lake, datasetId, refs, signal)) yield page;
}
