import { z } from 'zod';
import { ForebayError } from '../../api/errors.ts';
import { CacheStore, Candidate, Job, Placement } from '../../api/schemas.ts';
import type { Client } from '../../client/index.ts';
import { cache, globs, ref } from '../fields.ts';
import { completeJob } from '../ownJob.ts';
import { heldPlacements } from '../placements.ts';
import { resolveVersion } from '../resolve.ts';
import { tool } from '../tool.ts';

const waiting = z
  .boolean()
  .default(false)
  .describe('true: answer when it is done. Else at once; list_jobs says how far it is');

const caches = tool({
  name: 'list_caches',
  title: 'List caches',
  description:
    'Caches on this machine and its sites: path, capacity, used and free bytes, and what is on each.',
  input: {},
  output: { caches: z.array(CacheStore), placements: z.array(Placement) },
  run: async ({ client }) => {
    const [all, placements] = await Promise.all([client.caches.list(), client.placements.list()]);
    return { caches: all, placements };
  },
});

const where = tool({
  name: 'where_cached',
  title: 'Where is a version cached',
  description:
    'Where a version is cached or being cached, with the path of its files, and for every cache what a fill would take: ' +
    'bytes from the lake, seconds, what it would push out, or why it is refused.',
  input: { ref, ...globs },
  output: { placements: z.array(Placement), candidates: z.array(Candidate).describe('the best first') },
  run: async ({ client, signal }, { ref, include, exclude }) => {
    const { dataset, version } = await resolveVersion(client, ref);
    const part = { ...(include ? { include } : {}), ...(exclude ? { exclude } : {}) };
    const [placements, candidates] = await Promise.all([
      client.placements.list({ dataset }),
      client.placements.candidates({ ref: `${dataset}@v${version}`, ...part }, signal),
    ]);
    return { placements: placements.filter((placement) => placement.version === version), candidates };
  },
});

const add = tool({
  name: 'cache_version',
  title: 'Cache a version',
  description:
    'Puts a whole version, or the part that globs name, on a cache next to the compute, once and only once. It may push ' +
    'out versions that are worth less: where_cached says which before.',
  effect: 'adds',
  input: { ref, cache, ...globs, wait: waiting },
  output: { placement: Placement },
  run: async (call, { ref, cache, include, exclude, wait }) => {
    const { client } = call;
    const wanted = {
      ref,
      ...(cache ? { cache } : {}),
      ...(include ? { include } : {}),
      ...(exclude ? { exclude } : {}),
    };
    if (!wait) return { placement: await client.placements.add(wanted) };
    let placement: Placement | undefined;
    await completeJob(call, async () => {
      placement = await client.placements.add(wanted);
      return placement.job;
    });
    return { placement: await client.placements.get((placement as unknown as Placement).id) };
  },
});

const pinning = (verb: 'pin' | 'unpin', title: string, description: string) =>
  tool({
    name: `${verb}_version`,
    title,
    description,
    effect: 'adds',
    input: { ref, cache },
    output: { placements: z.array(Placement) },
    run: async ({ client }, { ref, cache }) => {
      const held = await heldPlacements(client, ref, cache);
      return { placements: await Promise.all(held.map(({ id }) => client.placements[verb](id))) };
    },
  });

/** Begins to clear each, though another is refused; which were cleared all the same is said with the refusal. */
async function removeAll({ placements }: Client, held: readonly Placement[]): Promise<Job[]> {
  const results = await Promise.allSettled(held.map(({ id }) => placements.remove(id)));
  const refused = results.find((result) => result.status === 'rejected');
  if (refused) {
    const cleared = held.filter((_, at) => results[at]?.status === 'fulfilled').map(({ cache }) => cache);
    const { code, message, hint } = ForebayError.from(refused.reason);
    const also = cleared.length > 0 ? ` It is being cleared from ${cleared.join(', ')}.` : '';
    throw new ForebayError(code, `${message}${also}`, hint);
  }
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

const clear = tool({
  name: 'clear_version',
  title: 'Clear a version from caches',
  description:
    'Frees the room of a cached version, on one cache or all; the version stays in the lake and can be cached again. ' +
    'Refused while somebody uses it or it is pinned.',
  effect: 'removes',
  input: { ref, cache, wait: waiting.default(true) },
  output: { jobs: z.array(Job) },
  run: async (call, { ref, cache, wait }) => {
    const held = await heldPlacements(call.client, ref, cache);
    const jobs = await removeAll(call.client, held);
    if (!wait) return { jobs };
    const done = jobs.map(({ id }) => call.client.jobs.follow(id, { signal: call.signal }));
    return { jobs: await Promise.all(done) };
  },
});

export const cachingTools = [caches, where];
export const cachingWrites = [
  add,
  pinning(
    'pin',
    'Pin a version',
    'Keeps a cached version: it neither ages out nor makes room until it is unpinned.',
  ),
  pinning('unpin', 'Unpin a version', 'Lets a cached version age out and make room again.'),
  clear,
];
