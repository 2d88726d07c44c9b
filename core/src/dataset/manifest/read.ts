import type { Lake } from '../../lake/lake.ts';
import { comparePaths, type Entry } from '../entry.ts';
import { fetchPages } from './fetch.ts';
import { type IndexPage, isLeaf, type LeafPage, type Page, type PageRef } from './page.ts';
import { readRoot } from './root.ts';

/** Entries in path order, many at a time: a step for each alone would cost more than most of what is done with it. */
export type Leaves = AsyncIterable<Entry[]> | Iterable<Entry[]>;

export interface ReadOptions {
  /** Begin at this path or the first after it. */
  from?: string | undefined;
  /** End with this path. */
  until?: string | undefined;
  /** Only paths that begin with this text. */
  prefix?: string | undefined;
  /** Hears of each page that is read below the root. */
  onPage?: ((ref: PageRef) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** A version's entries in path order, streamed page by page, every page checked. `root` is the version record's. */
export async function* readEntries(
  lake: Lake,
  datasetId: string,
  root: string,
  options: ReadOptions = {},
): AsyncGenerator<Entry> {
  yield* entriesIn(readLeaves(lake, datasetId, root, options));
}

export async function* entriesIn(leaves: Leaves): AsyncGenerator<Entry> {
  for await (const entries of leaves) yield* entries;
}

/** As `readEntries`, a page (at most 512 entries) at a time: for those who read everything. */
export async function* readLeaves(
  lake: Lake,
  datasetId: string,
  root: string,
  options: ReadOptions = {},
): AsyncGenerator<Entry[]> {
  const { page } = await readRoot(lake, datasetId, root, options.signal);
  yield* leavesBelow(lake, datasetId, page, wanted(options), options);
}

/** The entry at exactly `path`, or undefined: one page a level. */
export async function findEntry(
  lake: Lake,
  datasetId: string,
  root: string,
  path: string,
): Promise<Entry | undefined> {
  for await (const entry of readEntries(lake, datasetId, root, { from: path, until: path })) {
    return entry.path === path ? entry : undefined;
  }
  return undefined;
}

interface Wanted {
  /** Whether pages up to and including `last` come before what is wanted. */
  before(last: string): boolean;
  /** Whether everything after `last` comes after what is wanted. */
  endsAt(last: string): boolean;
  has(path: string): boolean;
  all: boolean;
}

function wanted({ from = '', until, prefix = '' }: ReadOptions): Wanted {
  const start = comparePaths(from, prefix) > 0 ? from : prefix;
  const past = (path: string) => until !== undefined && comparePaths(path, until) > 0;
  return {
    before: (last) => comparePaths(last, start) < 0,
    endsAt: (last) =>
      last === until || past(last) || (comparePaths(last, prefix) > 0 && !last.startsWith(prefix)),
    has: (path) => comparePaths(path, start) >= 0 && path.startsWith(prefix) && !past(path),
    all: start === '' && until === undefined,
  };
}

async function* leavesBelow(
  lake: Lake,
  datasetId: string,
  root: Page,
  want: Wanted,
  options: ReadOptions,
): AsyncGenerator<Entry[]> {
  for await (const { entries } of isLeaf(root) ? [root] : pagesBelow(lake, datasetId, root, want, options)) {
    const some = want.all ? entries : entries.filter((entry) => want.has(entry.path));
    if (some.length > 0) yield some;
  }
}

async function* pagesBelow(
  lake: Lake,
  datasetId: string,
  root: IndexPage,
  want: Wanted,
  { onPage, signal }: ReadOptions,
): AsyncGenerator<LeafPage> {
  const refs = leafRefsBelow(lake, datasetId, root, want, { onPage, signal });
  for await (const { ref, page } of fetchPages(lake, datasetId, refs, signal)) {
    onPage?.(ref);
    yield page as LeafPage;
  }
}

/** The wanted leaves, as references; index pages are read as the leaves below them come near. */
async function* leafRefsBelow(
  lake: Lake,
  datasetId: string,
  page: IndexPage,
  want: Wanted,
  options: ReadOptions,
): AsyncGenerator<PageRef> {
  const refs = wantedRefs(page.children, want);
  if (page.level === 1) {
    yield* refs;
    return;
  }
  for await (const { ref, page: child } of fetchPages(lake, datasetId, refs, options.signal)) {
    options.onPage?.(ref);
    yield* leafRefsBelow(lake, datasetId, child as IndexPage, want, options);
  }
}

function* wantedRefs(children: PageRef[], want: Wanted): Generator<PageRef> {
  for (const child of children) {
    if (want.before(child.last)) continue;
    yield child;
    if (want.endsAt(child.last)) return;
  }
}

/**
 * The leaves of a version in path order, as references, those of one index page at a time; a root that is a leaf itself
 * is given as it is.
 */
export async function* readLeafRefs(
  lake: Lake,
  datasetId: string,
  root: Page,
  { onPage, signal }: Pick<ReadOptions, 'onPage' | 'signal'> = {},
): AsyncGenerator<PageRef[] | LeafPage> {
  if (isLeaf(root)) {
    yield root;
    return;
  }
  for (const ref of root.children) onPage?.(ref);
  if (root.level === 1) {
    yield root.children;
    return;
  }
  for await (const { page } of fetchPages(lake, datasetId, root.children, signal)) {
    yield* readLeafRefs(lake, datasetId, page, { onPage, signal });
  }
}
