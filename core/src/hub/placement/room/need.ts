import { formatPart } from '../../../api/index.ts';
import { needAtMost } from '../../../cache/fill/need.ts';
import type { Need } from '../../../placement/room.ts';
import { type Amount, besideFill, isFill, spaceOf } from '../../../placement/room.ts';
import { diskOf } from '../../cache/disk.ts';
import type { HubContext } from '../../context.ts';
import type { CacheRow, PlacementRow } from '../../store/tables.ts';
import { readRoom } from '../holdings.ts';
import { lendersOf } from '../lenders.ts';
import { type Part, partOfRow, partOfWanted, placed, sizeOf, type WantedVersion } from '../part.ts';

/**
 * Bytes and inodes that a fill reserves: never less than it takes. Where the most that it could be fits, that is
 * enough to know; else it is counted exactly from the manifests, and so is what other fills reserved.
 */
export async function reservationFor(
  hub: HubContext,
  cache: CacheRow,
  wanted: WantedVersion,
  row: PlacementRow | undefined,
): Promise<Amount> {
  const disk = await diskOf(cache.path);
  if (row?.damage) {
    const parts = await countNeed(hub, cache, wanted, await partOfWanted(wanted));
    // What stands there stays until its successor is whole.
    return { bytes: row.stored_bytes + parts.bytes, inodes: row.stored_inodes + parts.inodes };
  }
  const most = needAtMost(await sizeOf(wanted), disk.block);
  const { left } = spaceOf(await readRoom(hub, hub.db, cache, disk, row?.id));
  const all = needIn(wanted, most);
  if (all.bytes <= left.bytes && all.inodes <= left.inodes) return most;
  await tighten(hub, cache);
  return countNeed(hub, cache, wanted, await partOfWanted(wanted));
}

/** Bytes of what is wanted that aren't on the cache yet, in another version or part of it. */
export async function missingBytes(hub: HubContext, cache: CacheRow, wanted: WantedVersion): Promise<number> {
  const { bytes } = await sizeOf(wanted);
  if ((await lendersOf(hub, cache, wanted)).reuse.length === 0) return bytes;
  // Counted in blocks of the disk, of which the last of a file is seldom full.
  return Math.min(bytes, (await countNeed(hub, cache, wanted, await partOfWanted(wanted))).bytes);
}

/** A reservation with what comes beside the tree, as `makeRoom` wants it. */
export function needIn({ dataset, version, selection }: WantedVersion, tree: Amount): Need {
  const beside = besideFill(tree.bytes);
  return {
    ref: formatPart(dataset.name, version.version, selection),
    bytes: tree.bytes + beside.bytes,
    inodes: tree.inodes + beside.inodes,
  };
}

async function countNeed(
  hub: HubContext,
  cache: CacheRow,
  wanted: WantedVersion,
  part: Part,
): Promise<Amount> {
  const { opened, dataset, version, signal = new AbortController().signal } = wanted;
  const control = { signal, report: () => {} };
  const task = {
    kind: 'need' as const,
    lake: opened.location,
    lakeId: opened.id,
    cache: cache.path,
    hubId: hub.hubId,
    dataset: { id: dataset.id, name: dataset.name },
    version: placed(version, part),
    ...(await lendersOf(hub, cache, wanted)),
  };
  return (await hub.runTask(task, control)) as Amount;
}

/** Fills under way that reserved the most that they could need give back what they don't. */
async function tighten(hub: HubContext, cache: CacheRow): Promise<void> {
  const rows = await hub.db
    .selectFrom('placement')
    .selectAll()
    .where('cache_id', '=', cache.id)
    .where('state', 'in', ['queued', 'filling'])
    .where('damage', 'is', null)
    .execute();
  const disk = await diskOf(cache.path);
  const room = await readRoom(hub, hub.db, cache, disk);
  if (!room.holdings.some(isFill)) return;
  for (const row of rows) {
    const most = needAtMost(row, disk.block);
    if (row.stored_bytes !== most.bytes || row.stored_inodes !== most.inodes) continue;
    const { opened, dataset, version } = await hub.catalog.byNumber(row.dataset_id, row.version);
    if (!dataset || !version) continue;
    const part = partOfRow(row);
    const wanted = { opened, dataset, version, selection: part?.selection ?? null };
    const exact = await countNeed(hub, cache, wanted, part);
    await hub.db
      .updateTable('placement')
      .set({ stored_bytes: exact.bytes, stored_inodes: exact.inodes })
      .where('id', '=', row.id)
      .where('fill_id', '=', row.fill_id)
      .where('state', 'in', ['queued', 'filling'])
      .where('stored_bytes', '>', exact.bytes)
      .execute();
  }
}
