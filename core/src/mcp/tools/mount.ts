import { z } from 'zod';
import { mountCode } from '../../api/code/mountCode.ts';
import { ForebayError } from '../../api/errors.ts';
import { formatRef } from '../../api/ref.ts';
import type { Lease } from '../../api/schemas.ts';
import { cache, ref } from '../fields.ts';
import { completeJob } from '../ownJob.ts';
import { resolveVersion } from '../resolve.ts';
import { tool } from '../tool.ts';

/** Whoever asks through this server holds what it mounts as long as the server runs. */
const holder = { kind: 'process' as const, pid: process.pid };
const isOurs = (lease: Lease) => lease.holder.kind === 'process' && lease.holder.pid === process.pid;

const mount = tool({
  name: 'mount_version',
  title: 'Mount a version',
  description:
    'Caches a version if need be, waits for it, and answers the folder of its files, read-only and kept there until ' +
    'unmount_version or until this server ends. Python code gets the same with forebay.mount, which `code` has.',
  effect: 'adds',
  input: { ref, cache },
  output: {
    version: z.string(),
    path: z.string().describe('absolute'),
    cache: z.string(),
    code: z.string().describe('Python that mounts the same version'),
  },
  run: async (call, { ref, cache }) => {
    const { leases } = call.client;
    let lease: Lease | undefined;
    try {
      await completeJob(call, async () => {
        lease = await leases.add({ ref, holder, ...(cache ? { cache } : {}) });
        return lease.path === null ? lease.job : null;
      });
      const { dataset, version, path, ...held } = await leases.get((lease as unknown as Lease).id);
      const name = formatRef(dataset, version);
      if (path === null) throw new ForebayError('not-cached', `${name} didn't become ready.`, 'Try again.');
      return { version: name, path, cache: held.cache, code: mountCode(dataset, version) };
    } catch (error) {
      if (lease) await leases.remove(lease.id).catch(() => {});
      throw error;
    }
  },
});

const unmount = tool({
  name: 'unmount_version',
  title: 'Unmount a version',
  description: 'Lets go of a version that mount_version holds. It stays cached until it ages out.',
  effect: 'adds',
  input: { ref },
  output: { released: z.number().describe('mounts of it that this server held') },
  run: async ({ client }, { ref }) => {
    const { dataset, version } = await resolveVersion(client, ref);
    const held = (await client.leases.list()).filter(
      (lease) => isOurs(lease) && lease.dataset === dataset && lease.version === version,
    );
    for (const { id } of held) await client.leases.remove(id);
    return { released: held.length };
  },
});

export const mountWrites = [mount, unmount];
