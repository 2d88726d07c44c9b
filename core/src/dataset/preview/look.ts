import type { WorkingCopyStatus } from '../../api/schemas.ts';
import type { Control } from '../progress.ts';
import { folderChanges, TooManyFiles } from './changes.ts';
import { ShownItems } from './shownItems.ts';
import { type FolderInLake, readStanding } from './standing.ts';

export type FolderLook = Pick<WorkingCopyStatus, 'added' | 'changed' | 'removed' | 'items' | 'changes'>;

export interface LookRequest extends FolderInLake {
  /** Folder in it whose items are told, '' for the top. */
  shown: string;
  /** Null: however many there are. */
  filesMost: number | null;
  /** How many changes are told by path. */
  changesMost: number;
}

/**
 * How a folder differs from its base, by the stats of its files; null where they are too many. Throws `lake-other`,
 * `cancelled`, and what scanning throws.
 */
export async function lookAtFolder(request: LookRequest, control: Control): Promise<FolderLook | null> {
  const { lake, folder, shown, filesMost, changesMost } = request;
  const { copy, base } = await readStanding(request, control.signal);
  const counts = { added: 0, changed: 0, removed: 0 };
  const items = new ShownItems(shown);
  const changes: FolderLook['changes'] = [];
  const tally = { files: 0, bytes: 0 };
  const asked = { folder, copy, lake, base, exact: false, filesMost: filesMost ?? undefined };
  try {
    for await (const change of folderChanges(asked, tally, control)) {
      control.signal.throwIfAborted();
      counts[change.is]++;
      items.add(change);
      if (changes.length < changesMost) changes.push({ path: change.path, is: change.is });
    }
  } catch (error) {
    if (error instanceof TooManyFiles) return null;
    throw error;
  }
  return { ...counts, items: items.all(), changes };
}
