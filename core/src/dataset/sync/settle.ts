import type { History } from '../history.ts';
import { type WorkingCopyState, writeWorkingCopy } from '../workingCopy/workingCopy.ts';
import { forgetUploaded } from './journal.ts';

/**
 * Finds out about commits whose answer was lost (a crash, a broken connection): the log has their id, or it doesn't.
 * One that is there is where the folder stands.
 */
export async function settlePending(
  folder: string,
  state: WorkingCopyState,
  history: History,
): Promise<WorkingCopyState> {
  const ours = history.versions.findLast((version) => state.pending.includes(version.commit));
  if (!ours) return state;
  await forgetUploaded(folder);
  const settled = { ...state, base: Math.max(state.base, ours.version), pending: [] };
  await writeWorkingCopy(folder, settled);
  return settled;
}
