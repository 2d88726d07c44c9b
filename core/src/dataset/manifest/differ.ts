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

/** A version's manifest. */
export interface ManifestTree {
  lake: Lake;
  datasetId: string;
  /** The version record's. */
  root: string;
}

/** The leaves that only one of two versions has, to be read in path order. */
export interface DifferingLeaves {
  /** Of both sides. */
  pages: number;
  before: AsyncGenerator<Entry[]>;
  after: AsyncGenerator<Entry[]>;
}

/**
 * The entries of those leaves that only one of two versions has, in path order: what differs is among them.
 * Pages with equal hashes hold equal entries, so they are never read: the cost follows the difference. Leaves are read
 * as they are taken, so memory follows the number of pages, not of entries.
 */
export async function differingLeaves(
  from: ManifestTree | undefined,
  to: ManifestTree,
  signal?: AbortSignal,
): Promise<DifferingLeaves> {
  const trees = [from, to] as const;
  const [old, now] = await Promise.all(
    trees.map((tree) => tree && readRoot(tree.lake, tree.datasetId, tree.root, signal)),
  );
  let sides: [Held[], Held[]] = [old ? [held(old)] : [], now ? [held(now)] : []];
  for (let level = topOf(sides); level > 0; level--) {
    const [before, after] = withoutCommon(sides);
    sides = await Promise.all([expand(from, before, level, signal), expand(to, after, level, signal)]);
  }
  const [before, after] = withoutCommon(sides);
  return {
    pages: before.length + after.length,
    before: entriesOf(from, before, signal),
    after: entriesOf(to, after, signal),
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
  tree: ManifestTree | undefined,
  side: Held[],
  level: number,
  signal: AbortSignal | undefined,
): Promise<Held[]> {
  if (side.every((page) => page.level < level)) return side;
  const children: Held[] = [];
  for await (const page of pagesOf(tree, side, signal)) {
    if (isLeaf(page)) continue;
    for (const child of page.children) children.push({ hash: child.hash, level: level - 1, at: child });
  }
  return children;
}

async function* entriesOf(
  tree: ManifestTree | undefined,
  side: Held[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Entry[]> {
  for await (const page of pagesOf(tree, side, signal)) if (isLeaf(page)) yield page.entries;
}

async function* pagesOf(
  tree: ManifestTree | undefined,
  side: Held[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Page> {
  if (!tree) return;
  const refs: PageRef[] = [];
  for (const { at } of side) {
    if ('object' in at) refs.push(at);
    else yield at;
  }
  for await (const { page } of fetchPages(tree.lake, tree.datasetId, refs, signal)) yield page;
}
