import { formatPart, type Selection } from '../../api/index.ts';
import type { Limits } from '../../cache/room.ts';
import type { Share } from '../../cache/shares.ts';
import type { VersionRecord } from '../../dataset/history.ts';
import { randomName } from '../../dataset/names.ts';
import { sweepTrash } from '../cache/sweep.ts';
import type { HubContext } from '../context.ts';
import type { NewJob, Outcome } from '../jobs/job.ts';
import type { Work } from '../jobs/jobs.ts';
import type { FillTask, PlacedVersion } from '../jobs/task.ts';
import type { FoundVersion } from '../lake/catalog.ts';
import type { Database } from '../store/migrations.ts';
import type { CacheRow, PlacementRow } from '../store/tables.ts';
import { readHoldings } from './holdings.ts';
import { makeMoreRoom } from './moreRoom.ts';
import { selectionOfRow } from './part.ts';
import { spaceOf } from './room.ts';
import { storeShares } from './shares.ts';

/** What a finished fill has published. */
export interface Filled {
  path: string;
  inode: string;
  /** What it takes on the disk beyond what it shares with other placements. */
  storedBytes: number;
  storedInodes: number;
  /** Of the dataset's versions there, where what they share has changed meanwhile; else empty. */
  shares: Share[];
}

/** The attempt to fill a placement; `fillId` fences it off from every other attempt. */
export interface FillAttempt {
  placementId: string;
  fillId: string;
  cache: CacheRow;
  found: () => Promise<FoundVersion>;
  /** The part that is filled, and how much that is; null for the whole version. */
  part: { selection: Selection; files: number; bytes: number } | null;
  /** Evictions that make its room. */
  after: readonly string[];
}

export function fillJob(placement: FilledRow, cache: string): NewJob {
  const { id, dataset_name: dataset, version } = placement;
  return {
    id: randomName(),
    kind: 'fill',
    title: `Filling ${formatPart(dataset, version, selectionOfRow(placement))}`,
    dataset,
    version,
    cache,
    folder: null,
    placementId: id,
  };
}

type FilledRow = Pick<PlacementRow, 'id' | 'dataset_name' | 'version' | 'selection'>;

export function partOfRow(row: Pick<PlacementRow, 'selection' | 'files' | 'bytes'>): FillAttempt['part'] {
  const selection = selectionOfRow(row);
  return selection && { selection, files: row.files, bytes: row.bytes };
}

export function fillWork(hub: HubContext, attempt: FillAttempt): Work {
  const { placementId } = attempt;
  return {
    resumes: true,
    after: attempt.after,
    async starting() {
      await update(hub.db, attempt).set({ state: 'filling' }).execute();
      hub.events.emit('placement', placementId);
    },
    async run(control) {
      await hub.measures.get(attempt.cache.id);
      if (attempt.after.length > 0) await makeMoreRoom(hub, attempt, control.signal);
      return hub.runTask(await fillTask(hub, attempt), control);
    },
    async settle(outcome) {
      if (outcome.state !== 'done') {
        await notPublished(hub, attempt, outcome);
        hub.events.emit('placement', placementId);
        return outcome;
      }
      const { shares, ...filled } = outcome.result as Filled;
      await published(hub, attempt, { ...filled, shares });
      hub.events.emit('placement', placementId);
      return { state: 'done', result: filled };
    },
  };
}

async function fillTask(hub: HubContext, attempt: FillAttempt): Promise<FillTask> {
  const { opened, dataset, version } = await attempt.found();
  const { history } = await hub.catalog.dataset(dataset.name);
  const ready = await hub.db
    .selectFrom('placement')
    .select(['version', 'selection', 'files', 'bytes'])
    .where('cache_id', '=', attempt.cache.id)
    .where('lake_id', '=', opened.id)
    .where('dataset_id', '=', dataset.id)
    .where('state', '=', 'ready')
    .execute();
  const reuse = ready.flatMap((row): PlacedVersion[] => {
    const found = history.versions.find((each) => each.version === row.version);
    return found ? [placed(found, partOfRow(row))] : [];
  });
  return {
    kind: 'fill',
    lake: opened.location,
    lakeId: opened.id,
    cache: attempt.cache.path,
    hubId: hub.hubId,
    dataset: { id: dataset.id, name: dataset.name },
    version: placed(version, attempt.part),
    fillId: attempt.fillId,
    reuse,
    limits: await limitsOf(hub, attempt),
  };
}

const placed = (version: VersionRecord, part: FillAttempt['part']): PlacedVersion => ({
  ...version,
  selection: null,
  ...part,
});

/** What the fill must leave to others; itself left out. */
async function limitsOf(hub: HubContext, { cache, placementId }: FillAttempt): Promise<Limits> {
  const others = (await readHoldings(hub, hub.db, cache.id)).filter((holding) => holding.id !== placementId);
  const { used, unwritten } = spaceOf({
    cache: cache.name,
    capacity: cache.capacity,
    diskFree: 0,
    inodesFree: null,
    holdings: others,
  });
  return { capacity: cache.capacity, used, reserved: unwritten };
}

/** Fenced: an attempt that was overtaken changes nothing. */
function update(db: Database, { placementId, fillId }: FillAttempt) {
  return db
    .updateTable('placement')
    .where('id', '=', placementId)
    .where('fill_id', '=', fillId)
    .where('state', 'in', ['queued', 'filling']);
}

async function published(hub: HubContext, attempt: FillAttempt, filled: Filled): Promise<void> {
  await hub.db.transaction().execute(async (db) => {
    await update(db, attempt)
      .set({
        state: 'ready',
        path: filled.path,
        inode: filled.inode,
        stored_bytes: filled.storedBytes,
        stored_inodes: filled.storedInodes,
        last_used: hub.clock.now(),
        job_id: null,
        problem: null,
      })
      .execute();
    await storeShares(db, attempt.cache.id, filled.shares);
  });
}

/** Whoever waited learns it from the job; a lease on nothing would only keep the next attempt from ageing out. */
async function notPublished(
  hub: HubContext,
  attempt: FillAttempt,
  outcome: Exclude<Outcome, { state: 'done' }>,
): Promise<void> {
  await sweepTrash(hub, attempt.cache);
  await hub.db.deleteFrom('lease').where('placement_id', '=', attempt.placementId).execute();
  if (outcome.state === 'cancelled') {
    await hub.db
      .deleteFrom('placement')
      .where('id', '=', attempt.placementId)
      .where('fill_id', '=', attempt.fillId)
      .execute();
    return;
  }
  const problem = JSON.stringify(outcome.error.toProblem());
  const nothing = { stored_bytes: 0, stored_inodes: 0, job_id: null };
  await update(hub.db, attempt)
    .set({ state: 'failed', problem, ...nothing })
    .execute();
}
