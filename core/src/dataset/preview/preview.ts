import type { SyncPreview } from '../../api/schemas.ts';
import type { Control } from '../progress.ts';
import { folderChanges } from './changes.ts';
import { type FolderInLake, readStanding } from './standing.ts';

/** Changes that are listed; all are counted. */
const listedMost = 5000;

/**
 * What the next sync of a folder would make, without making it: files whose stats alone changed are read. A folder that
 * is no working copy yet would become one: all of it is added. Throws `lake-other`, `cancelled`, and what scanning throws.
 */
export async function previewSync(request: FolderInLake, control: Control): Promise<SyncPreview> {
  const { lake, folder } = request;
  const { copy, dataset, standsOn, base, newer } = await readStanding(request, control.signal);
  const tally = { files: 0, bytes: 0 };
  const counts = { added: nothing(), changed: nothing(), removed: nothing() };
  const changes: SyncPreview['changes'] = [];
  for await (const change of folderChanges({ folder, copy, lake, base, exact: true }, tally, control)) {
    control.signal.throwIfAborted();
    const count = counts[change.is];
    count.files++;
    count.bytes += change.is === 'removed' ? change.before : change.after;
    if (changes.length < listedMost) changes.push(change);
  }
  return {
    ...{ folder, dataset, base: standsOn, ...tally, ...counts, changes },
    newer: newer.map(({ version, author, time, message }) => ({ version, author, time, message })),
  };
}

const nothing = () => ({ files: 0, bytes: 0 });
