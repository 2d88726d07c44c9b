import { ForebayError } from '../api/errors.ts';
import { formatRef } from '../api/ref.ts';
import type { Placement } from '../api/schemas.ts';
import type { Client } from '../client/index.ts';
import { resolveVersion } from './resolve.ts';

/** A version on one cache or on all, its parts too. Throws `not-cached` where it is nowhere. */
export async function heldPlacements(client: Client, ref: string, cache?: string): Promise<Placement[]> {
  const { dataset, version } = await resolveVersion(client, ref);
  const all = await client.placements.list({ dataset });
  const held = all.filter((each) => each.version === version && (cache ?? each.cache) === each.cache);
  if (held.length > 0) return held;
  throw new ForebayError(
    'not-cached',
    `${formatRef(dataset, version)} isn't on ${cache ?? 'any cache'}.`,
    all.length === 0
      ? `No version of ${dataset} is cached; cache_version does that.`
      : `Cached are ${all.map((each) => `v${each.version} on ${each.cache}`).join(', ')}.`,
  );
}
