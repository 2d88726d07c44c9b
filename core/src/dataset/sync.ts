import { ForebayError } from '../api/errors.ts';
import type { SyncResult } from '../api/schemas.ts';
import type { Lake } from '../lake/lake.ts';
import type { Control } from './progress.ts';
import { attemptSync } from './sync/attempt.ts';
import { Outdated, tooBusy } from './sync/outdated.ts';

export { initWorkingCopy } from './init.ts';

export interface SyncOptions {
  lake: Lake;
  lakeId: string;
  folder: string;
  message: string;
  author: string;
  /** Make the folder the next version whatever came between. */
  replace: boolean;
}

/** Attempts that the log overtook; only a dataset that others commit to all the time gets here. */
const attemptsMost = 30;

/**
 * Makes a version of the folder and uploads it; where nothing changed, gives the same version again.
 * Throws `not-a-working-copy`, `lake-other`, `newer-version`, `cancelled`, and what scanning and the lake may throw.
 */
export async function syncFolder(options: SyncOptions, control: Control): Promise<SyncResult> {
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await attemptSync(options, control);
      } catch (error) {
        if (!(error instanceof Outdated)) throw error;
        if (attempt === attemptsMost) throw tooBusy();
      }
    }
  } catch (error) {
    if (control.signal.aborted && !(error instanceof ForebayError && error.code !== 'cancelled')) {
      throw new ForebayError('cancelled', 'The sync was cancelled; no version was made.');
    }
    throw error;
  }
}
