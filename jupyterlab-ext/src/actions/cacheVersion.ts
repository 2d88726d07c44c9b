import { isForebayError } from '@forebay/core/api/errors';
import { formatRef } from '@forebay/core/api/ref';
import type { Job } from '@forebay/core/api/schemas';
import { formatDuration } from '@forebay/core/api/units';
import { Notification } from '@jupyterlab/apputils';
import type { IForebay, VersionRef } from '../tokens.ts';
import { notifyError } from './notify.ts';

/** Puts a version into a cache and says when it is there. Resolves when it is, or when that failed and was shown. */
export async function cacheVersion(
  forebay: IForebay,
  version: VersionRef,
  whenReady: Notification.IAction[],
): Promise<void> {
  const { client, store, preferences } = forebay;
  const ref = formatRef(version.dataset, version.version);
  try {
    const cache = preferences.cache === '' ? {} : { cache: preferences.cache };
    const placement = await client.placements.add({ ref, ...cache });
    void store.refreshCaches();
    if (placement.job === null) return;
    const job = await client.jobs.follow(placement.job);
    if (preferences.notifyWhenReady) {
      Notification.success(`${ref} is ready on ${placement.cache}${took(job)}.`, {
        autoClose: 8000,
        actions: whenReady,
      });
    }
  } catch (error) {
    if (!isForebayError(error, 'cancelled')) {
      notifyError(error, () => void cacheVersion(forebay, version, whenReady));
    }
  } finally {
    void store.refreshCaches();
  }
}

function took(job: Job): string {
  if (job.ended === null) return '';
  const seconds = (Date.parse(job.ended) - Date.parse(job.created)) / 1000;
  return seconds < 1 ? '' : ` in ${formatDuration(seconds)}`;
}
