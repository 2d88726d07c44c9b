import { ForebayError } from '../api/errors.ts';
import { formatRef, formatSelector, parseRef } from '../api/ref.ts';
import type { Placement } from '../api/schemas.ts';
import type { Client } from '../client/index.ts';

/** Where a version is cached, on one cache or on all. Throws `not-cached` where it is nowhere. */
export async function placementsOf(client: Client, ref: string, cache?: string): Promise<Placement[]> {
  const { name, selector } = parseRef(ref);
  const { version } = await client.versions.get(name, formatSelector(selector));
  const all = await client.placements.list({ dataset: name });
  const found = all.filter(
    (each) => each.version === version && (cache === undefined || each.cache === cache),
  );
  if (found.length > 0) return found;
  const elsewhere = all.filter((each) => each.version === version).map((each) => each.cache);
  throw new ForebayError(
    'not-cached',
    `${formatRef(name, version)} isn't on ${cache === undefined ? 'any cache' : cache}.`,
    elsewhere.length > 0 ? `It is on ${elsewhere.join(', ')}.` : "See 'forebay cache ls' for what is cached.",
  );
}
