import { isForebayError } from '@forebay/core/api/errors';
import { formatRef } from '@forebay/core/api/ref';
import type { Placement } from '@forebay/core/api/schemas';
import { Notification } from '@jupyterlab/apputils';
import type { IForebay, VersionRef } from '../tokens.ts';
import { notifyError } from './notify.ts';
import { showHolders } from './showHolders.tsx';

export function placementsOf(forebay: IForebay, { dataset, version }: VersionRef): Placement[] {
  return forebay.store.snapshot.placements.filter(
    (one) => one.dataset === dataset && one.version === version,
  );
}

/** Takes a version out of every cache that holds it; what is in use stays, and who uses it is shown. */
export async function clearVersion(forebay: IForebay, version: VersionRef): Promise<void> {
  const { client, store } = forebay;
  const placements = placementsOf(forebay, version);
  if (placements.length === 0) {
    Notification.info(`${formatRef(version.dataset, version.version)} is in no cache.`, { autoClose: 5000 });
  }
  try {
    for (const placement of placements) {
      const job = await client.placements.remove(placement.id);
      void store.refreshCaches();
      await client.jobs.follow(job.id);
    }
  } catch (error) {
    if (isForebayError(error, 'in-use')) await showHolders(forebay, version);
    else notifyError(error);
  } finally {
    void store.refreshCaches();
  }
}
