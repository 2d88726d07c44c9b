import type { HubContext } from '../context.ts';
import { endLease, leasesOfKind } from './leases.ts';
import { processStart } from './processStart.ts';

/** Ends the leases of processes that have ended, or whose pid is somebody else's by now. */
export async function endLeasesOfTheDead(hub: HubContext): Promise<void> {
  for (const lease of await leasesOfKind(hub, 'process')) {
    const started = lease.pid === null ? undefined : await processStart(lease.pid);
    if (started === undefined || started !== lease.started) await endLease(hub, lease.id).catch(() => {});
  }
}
