import { comparePaths, type Entry } from '../../entry.ts';

/** One path whose content, kind or executable bit differs between two versions. */
export interface ChangedPath {
  path: string;
  base: Entry | undefined;
  theirs: Entry | undefined;
}

/** Walks two versions side by side; what both have alike is passed over. */
export async function changedPaths(
  base: AsyncIterable<Entry>,
  theirs: AsyncIterable<Entry>,
): Promise<ChangedPath[]> {
  const changed: ChangedPath[] = [];
  const [left, right] = [base[Symbol.asyncIterator](), theirs[Symbol.asyncIterator]()];
  let [a, b] = [await left.next(), await right.next()];
  while (!a.done || !b.done) {
    const order = a.done ? 1 : b.done ? -1 : comparePaths(a.value.path, b.value.path);
    const was = order <= 0 ? (a.value as Entry) : undefined;
    const is = order >= 0 ? (b.value as Entry) : undefined;
    if (!was || !is || !isAlike(was, is)) {
      changed.push({ path: (was ?? (is as Entry)).path, base: was, theirs: is });
    }
    if (order <= 0) a = await left.next();
    if (order >= 0) b = await right.next();
  }
  return changed;
}

export function isAlike(a: Entry, b: Entry): boolean {
  return contentOf(a) === contentOf(b);
}

/** A text that is equal where content, kind and executable bit are. */
export function contentOf(entry: Entry | undefined): string | undefined {
  if (entry === undefined) return undefined;
  if (entry.kind === 'folder') return 'folder';
  if (entry.kind === 'link') return `link ${entry.target}`;
  const bytes = entry.sha256 ?? JSON.stringify(entry.parts);
  return `${entry.executable ? 'executable' : 'file'} ${bytes}`;
}
