import type { Candidate } from '../../../api/index.ts';
import { rankCandidates } from '../../../placement/candidates.ts';
import { cacheNamed, listCaches } from '../../cache/caches.ts';
import type { HubContext } from '../../context.ts';
import type { WantedVersion } from '../part.ts';
import { planPlacement } from './plan.ts';

/** What it would be to have a version, or a part of one, on each cache; the default cache is made if there is none. */
export async function listCandidates(hub: HubContext, wanted: WantedVersion): Promise<Candidate[]> {
  const attached = await listCaches(hub);
  const caches = attached.length > 0 ? attached : [await cacheNamed(hub)];
  const plans = [];
  // One after the other: each may read manifests in a thread, and the disks are the same.
  for (const cache of caches) {
    plans.push({ ...(await planPlacement(hub, wanted, cache.name, { exact: true })), site: cache.site });
  }
  return rankCandidates(plans);
}
