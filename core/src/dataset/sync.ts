import { ForebayError } from '../api/errors.ts';
import type { SyncResult } from '../api/schemas.ts';
import type { Control } from './progress.ts';
import { attemptSync } from './sync/attempt.ts';
import { UnknownOutcome } from './sync/commit.ts';
import { forgetPacks } from './sync/journal.ts';
import { Outdated, tooBusy } from './sync/outdated.ts';
import type { SyncOptions } from './sync/start.ts';
import { Uploads } from './sync/uploads.ts';

export { initWorkingCopy } from './workingCopy/init.ts';

/** Attempts that the log overtook; only a dataset that others commit to all the time gets here. */
const attemptsMost = 30;

/**
 * Makes a version of the folder and uploads it; where nothing changed, gives the same version again.
 * Throws `not-a-working-copy`, `lake-other`, `newer-version`, `cancelled`, and what scanning and the lake may throw.
 */
export async function syncFolder(options: SyncOptions, control: Control): Promise<SyncResult> {
  const uploads = new Uploads(options.lake, control.signal);
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await attemptSync(options, uploads, control);
      } catch (error) {
        if (!(error instanceof Outdated)) throw error;
        if (attempt === attemptsMost) throw tooBusy();
        await uploads.discard((key) => !uploads.isKept(key));
      }
    }
  } catch (error) {
    if (!uploads.named) await giveUp(options.folder, uploads, control.signal.aborted);
    if (error instanceof UnknownOutcome) throw error.toForebayError();
    if (control.signal.aborted && !(error instanceof ForebayError && error.code !== 'cancelled')) {
      throw new ForebayError('cancelled', 'The sync was cancelled; no version was made.');
    }
    throw error;
  }
}

/** Leaves nothing of a sync that was cancelled, and of one that failed only packs that the next one may use. */
async function giveUp(folder: string, uploads: Uploads, cancelled: boolean): Promise<void> {
  if (cancelled) {
    // Where the journal can't be changed its packs stay: a later sync may use them.
    const forgotten = await forgetPacks(folder, (key) => uploads.has(key)).then(
      () => true,
      () => false,
    );
    if (forgotten) return uploads.discard();
  }
  await uploads.discard((key) => !uploads.isKept(key));
}
