import type { FileEntry } from '../../src/api/schemas.ts';
import type { Folder } from './useFolders.ts';

/** A line of the tree of tick boxes. */
export type TreeRow =
  | { kind: 'entry'; entry: FileEntry; depth: number; open: boolean }
  | { kind: 'note'; key: string; depth: number; text: string };

/** The opened folders as lines, in order. */
export function treeRows(folders: ReadonlyMap<string, Folder>, open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (path: string, depth: number) => {
    const folder = folders.get(path);
    const note = noteOf(folder);
    if (note !== null) rows.push({ kind: 'note', key: path, depth, text: note });
    if (folder?.state !== 'ready') return;
    for (const entry of folder.entries) {
      const isOpen = entry.kind === 'folder' && open.has(entry.path);
      rows.push({ kind: 'entry', entry, depth, open: isOpen });
      if (isOpen) add(entry.path, depth + 1);
    }
  };
  add('', 1);
  return rows;
}

function noteOf(folder: Folder | undefined): string | null {
  if (!folder || folder.state === 'reading') return 'Reading…';
  if (folder.state === 'crowded') return 'Too many files to tick one by one. Name them with globs below.';
  return folder.state === 'failed' ? folder.error.message : null;
}
