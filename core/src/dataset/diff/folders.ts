import { comparePaths } from '../entry.ts';
import { readFolder } from '../listing/recentFolders.ts';
import type { ComparedVersion } from './differences.ts';
import type { Amount } from './tally.ts';

export interface FolderAmounts {
  path: string;
  before: Amount;
  after: Amount;
}

export interface ComparedFolders {
  folder: string;
  items: FolderAmounts[];
}

/** How deep folders that hold almost everything are passed over, and how much that is: one of ten is something else. */
const deepest = 8;
const almostAll = 0.9;

/**
 * What each sub-folder holds in both versions, by path; most pages of the manifests need no reading for it. A folder
 * that mostly wraps another gives way to it, unless it was asked for ('/': the top itself).
 */
export async function compareFolders(
  from: ComparedVersion,
  to: ComparedVersion,
  asked: string,
): Promise<ComparedFolders> {
  let folder = asked.replace(/\/+$/, '');
  for (let depth = 0; ; depth++) {
    const [before, after] = await Promise.all([childrenOf(from, folder), childrenOf(to, folder)]);
    const paths = [...new Set([...before.folders.keys(), ...after.folders.keys()])].sort(comparePaths);
    const none = { files: 0, bytes: 0 };
    const items = paths.map((path) => ({
      path,
      before: before.folders.get(path) ?? none,
      after: after.folders.get(path) ?? none,
    }));
    const wrapped =
      asked === '' && depth < deepest ? wrappedIn(items, before.others + after.others) : undefined;
    if (wrapped !== undefined) {
      folder = wrapped;
      continue;
    }
    return { folder, items };
  }
}

/** The sub-folder that holds almost all files of both sides. */
function wrappedIn(items: FolderAmounts[], others: number): string | undefined {
  const filesOf = ({ before, after }: FolderAmounts) => before.files + after.files;
  const all = items.reduce((sum, item) => sum + filesOf(item), others);
  return all === 0 ? undefined : items.find((item) => filesOf(item) >= all * almostAll)?.path;
}

async function childrenOf({ lake, datasetId, version }: ComparedVersion, folder: string) {
  const prefix = folder === '' ? '' : `${folder}/`;
  const source = { lake, datasetId, root: version.root, prefix, selection: null };
  const { view, whole } = readFolder(source);
  await whole;
  const counted = Array.from(
    view.folders,
    ([path, { files, size }]) => [path, { files, bytes: size }] as const,
  );
  return { folders: new Map<string, Amount>(counted), others: view.length - counted.length };
}

/** Those that differ most in their number of files, then in bytes, first; at most `most`, then by path again. */
export function mostDifferent(items: readonly FolderAmounts[], most: number): FolderAmounts[] {
  if (items.length <= most) return [...items];
  const by = (key: keyof Amount) => (each: FolderAmounts) => Math.abs(each.after[key] - each.before[key]);
  const [files, bytes] = [by('files'), by('bytes')];
  return items
    .toSorted((a, b) => files(b) - files(a) || bytes(b) - bytes(a))
    .slice(0, most)
    .sort((a, b) => comparePaths(a.path, b.path));
}
