import { ForebayError, type PlacementPlan } from '../../../api/index.ts';
import type { Victim } from '../../../placement/makeRoom.ts';
import { refillSeconds } from '../../../placement/refill.ts';
import { spaceOf } from '../../../placement/room.ts';
import { sayWorth } from '../../../placement/worth.ts';
import { cacheNamed } from '../../cache/caches.ts';
import { diskOf } from '../../cache/disk.ts';
import type { HubContext } from '../../context.ts';
import { readRates, readRoom } from '../holdings.ts';
import { sizeOf, type WantedVersion } from '../part.ts';
import { chooseVictims, findRow } from '../request.ts';
import { missingBytes, needIn, reservationFor } from './need.ts';

/**
 * What caching a version, or a part of one, would take and what it would push out, without doing any of it.
 * `exact`: what is missing is counted, not only known to be no more. Throws `cache-unknown`, or `path-unknown` where nothing is selected.
 */
export async function planPlacement(
  hub: HubContext,
  found: WantedVersion,
  cacheName: string | undefined,
  options: { exact?: boolean } = {},
): Promise<PlacementPlan> {
  const cache = await cacheNamed(hub, cacheName);
  const whole = found.selection && (await findRow(hub.db, cache, { ...found, selection: null }));
  const row =
    whole && whole.state === 'ready' && whole.damage === null ? whole : await findRow(hub.db, cache, found);
  const state = row && row.state !== 'failed' && row.damage === null ? row.state : null;
  const here = state !== null && state !== 'evicting';
  const size = await sizeOf(found);
  // To tell what other versions have already, manifests are read.
  const missing = here ? 0 : options.exact ? await missingBytes(hub, cache, found) : size.bytes;
  const need = here
    ? { ref: '', bytes: 0, inodes: 0 }
    : needIn(found, await reservationFor(hub, cache, found, row));
  const disk = await diskOf(cache.path);
  const space = spaceOf(await readRoom(hub, hub.db, cache, disk, here ? undefined : row?.id));
  const rates = await readRates(hub.db, cache.id);
  let evict: Victim[] = [];
  let problem: PlacementPlan['problem'] = null;
  try {
    const wanted = { cache, found, need, disk, asked: 'person' as const, without: row?.id };
    if (!here) evict = await chooseVictims(hub, hub.db, wanted);
  } catch (error) {
    problem = ForebayError.from(error).toProblem();
  }
  const { dataset, version, selection = null } = found;
  return {
    dataset: dataset.name,
    version: version.version,
    selection,
    cache: cache.name,
    state,
    files: size.files,
    size: size.bytes,
    missingBytes: missing,
    bytes: need.bytes,
    inodes: need.inodes,
    seconds: here ? 0 : refillSeconds({ bytes: missing, files: size.files }, rates),
    measured: rates.measured,
    free: space.free,
    inodesFree: space.inodesFree,
    evict: evict.map(viewVictim),
    problem,
  };
}

export function viewVictim({ holding, worth }: Victim): PlacementPlan['evict'][number] {
  return {
    placement: holding.id,
    dataset: holding.dataset,
    version: holding.version,
    selection: holding.selection,
    bytes: holding.storedBytes,
    inodes: holding.storedInodes,
    lastUsed: new Date(holding.lastUsed).toISOString(),
    usesLastWeek: worth.usesLastWeek,
    expectedUses: worth.expectedUses,
    refillSeconds: worth.refillSeconds,
    value: worth.value,
    why: sayWorth(worth),
  };
}
