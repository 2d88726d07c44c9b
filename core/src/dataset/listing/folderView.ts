import { setImmediate } from 'node:timers/promises';
import type { FileEntry as ListedEntry, Selection } from '../../api/schemas.ts';
import { selectionText } from '../../api/selection.ts';
import type { Lake } from '../../lake/lake.ts';
import { comparePaths, type Entry } from '../entry.ts';
import { listed } from '../listing.ts';
import { fetchPages } from '../manifest/fetch.ts';
import { isLeaf, type Page, type PageRef } from '../manifest/page.ts';
import { readLeaves } from '../manifest/read.ts';
import { readRoot } from '../manifest/root.ts';
import { prefixWithin, selecting } from '../selection.ts';

/** Views are kept for paging, since a version never changes; least recently used goes first. */
const kept = 8;
const views = new WeakMap<Lake, Map<string, Promise<ListedEntry[]>>>();

/**
 * What lies directly below `prefix` ('' or ending with '/'): sub-folders with files and bytes, then the rest.
 * Of a part only what is in it, which takes reading every page below.
 */
export function folderView(
  lake: Lake,
  datasetId: string,
  root: string,
  prefix: string,
  selection: Selection | null = null,
): Promise<ListedEntry[]> {
  const ofLake = views.get(lake) ?? new Map<string, Promise<ListedEntry[]>>();
  views.set(lake, ofLake);
  const key = `${datasetId} ${root} ${prefix} ${selectionText(selection)}`;
  const view = ofLake.get(key) ?? readView(lake, datasetId, root, prefix, selection);
  ofLake.delete(key);
  ofLake.set(key, view);
  view.catch(() => ofLake.delete(key));
  const oldest = ofLake.keys().next().value;
  if (ofLake.size > kept && oldest !== undefined) ofLake.delete(oldest);
  return view;
}

async function readView(
  lake: Lake,
  datasetId: string,
  root: string,
  prefix: string,
  selection: Selection | null,
): Promise<ListedEntry[]> {
  const view = new FolderView(prefix);
  if (selection) {
    const selects = selecting(selection);
    for await (const entries of readLeaves(lake, datasetId, root, {
      prefix: prefixWithin(prefix, selection),
    })) {
      for (const entry of entries) if (selects(entry)) view.addEntry(entry);
      await setImmediate();
    }
    return view.items();
  }
  const { page } = await readRoot(lake, datasetId, root);
  await addPage(lake, datasetId, view, page, '');
  return view.items();
}

/** `after`: the last path before this page, '' at the start. */
async function addPage(
  lake: Lake,
  datasetId: string,
  view: FolderView,
  page: Page,
  after: string,
): Promise<void> {
  if (isLeaf(page)) {
    for (const entry of page.entries) view.addEntry(entry);
    return;
  }
  const toRead: PageRef[] = [];
  const before = new Map<PageRef, string>();
  let last = after;
  for (const child of page.children) {
    if (!view.addWhole(child, last)) {
      toRead.push(child);
      before.set(child, last);
    }
    last = child.last;
  }
  for await (const { ref, page: below } of fetchPages(lake, datasetId, toRead)) {
    await addPage(lake, datasetId, view, below, before.get(ref) ?? '');
    // Pages that came by one request would else be taken in without a break, in a thread that answers others.
    await setImmediate();
  }
}

/** Gathers one folder's children; pages that lie within one sub-folder, or outside, count without being read. */
class FolderView {
  readonly #prefix: string;
  readonly #folders = new Map<string, { files: number; size: number }>();
  readonly #others: ListedEntry[] = [];

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  addEntry(entry: Entry): void {
    if (!entry.path.startsWith(this.#prefix)) return;
    const folder = this.#folderOf(entry.path);
    if (folder !== undefined) {
      this.#count(folder, entry.kind === 'file' ? 1 : 0, entry.kind === 'file' ? entry.size : 0);
    } else if (entry.kind === 'folder') this.#count(entry.path, 0, 0);
    else this.#others.push(listed(entry));
  }

  /** Whether the page needs no reading: all its paths come after `after`, up to its last. */
  addWhole(page: PageRef, after: string): boolean {
    const { last } = page;
    if (comparePaths(last, this.#prefix) < 0) return true;
    const startsAfter = comparePaths(after, this.#prefix) > 0 && !after.startsWith(this.#prefix);
    if (startsAfter) return true;
    const folder = after.startsWith(this.#prefix) ? this.#folderOf(after) : undefined;
    if (folder === undefined || !last.startsWith(`${folder}/`)) return false;
    this.#count(folder, page.files, page.bytes);
    return true;
  }

  items(): ListedEntry[] {
    const folders = [...this.#folders].map(([path, { files, size }]) => ({
      path,
      kind: 'folder' as const,
      size,
      files,
    }));
    return [...folders.sort((a, b) => comparePaths(a.path, b.path)), ...this.#others];
  }

  /** The sub-folder that `path` lies in, or undefined for what lies directly here. */
  #folderOf(path: string): string | undefined {
    const slash = path.indexOf('/', this.#prefix.length);
    return slash < 0 ? undefined : path.slice(0, slash);
  }

  #count(folder: string, files: number, size: number): void {
    const counted = this.#folders.get(folder) ?? { files: 0, size: 0 };
    counted.files += files;
    counted.size += size;
    this.#folders.set(folder, counted);
  }
}
