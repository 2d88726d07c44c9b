import type { CacheStats, CacheStore, Job, Lease, Placement } from '../../src/api/schemas.ts';
import { type Live, useLive } from '../live/useLive.ts';

export interface Cached {
  caches: CacheStore[];
  stats: CacheStats[];
  placements: Placement[];
  leases: Lease[];
}

/** All caches and what is on them, as they are now. */
export const useCaches = (): Live<Cached> =>
  useLive(
    async (client) => {
      const [caches, stats, placements, leases] = await Promise.all([
        client.caches.list(),
        client.caches.stats(),
        client.placements.list(),
        client.leases.list(),
      ]);
      return { caches, stats, placements, leases };
    },
    ({ kind }) => kind === 'cache' || kind === 'placement' || kind === 'lease',
    [],
  );

/** Jobs that are queued or running. */
export const useActiveJobs = (): Live<Job[]> =>
  useLive(
    async ({ app }) => (await app.status()).jobs,
    ({ kind }) => kind === 'job',
    [],
  );
