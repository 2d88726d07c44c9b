import { ForebayError } from '../../api/errors.ts';
import type { Lease, LeaseHolder } from '../../api/schemas.ts';
import { formatPart } from '../../api/selection.ts';
import type { Context } from '../context.ts';
import { completeOwnJob } from '../ownJob.ts';
import { tellRead } from '../run/tellRead.ts';

export interface MountRequest {
  ref: string;
  cache?: string;
  include?: string[];
  exclude?: string[];
  holder: LeaseHolder;
}

/**
 * Leases a version or a part of one, waiting for its fill; a lease whose fill fails or is cancelled is given back. The run
 * within which this is, if there is one, reads it.
 */
export async function mountVersion(
  context: Context,
  request: MountRequest,
): Promise<{ lease: Lease; path: string }> {
  const client = await context.client();
  let lease: Lease | undefined;
  try {
    const job = await completeOwnJob(context, client, async () => {
      lease = await client.leases.add(request);
      return lease.path === null ? lease.job : null;
    });
    const held = job ? await client.leases.get((lease as unknown as Lease).id) : (lease as unknown as Lease);
    if (held.path === null) throw notReady(held);
    await tellRead(context, { ref: `${held.dataset}@v${held.version}`, cache: held.cache });
    return { lease: held, path: held.path };
  } catch (error) {
    if (lease) await client.leases.remove(lease.id).catch(() => {});
    throw error;
  }
}

function notReady({ dataset, version, selection, cache }: Lease): ForebayError {
  return new ForebayError(
    'not-cached',
    `${formatPart(dataset, version, selection)} didn't become ready on ${cache}.`,
    'Try again.',
  );
}
