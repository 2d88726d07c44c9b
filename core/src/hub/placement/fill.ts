import { formatPart } from '../../api/index.ts';
import type { Limits } from '../../cache/fill/room.ts';
import type { Share } from '../../cache/shares.ts';
import { randomName } from '../../dataset/names.ts';
import { learnRates } from '../../placement/refill.ts';
import { spaceOf } from '../../placement/room.ts';
import { addTrash, sweepTrash } from '../cache/sweep.ts';
import type { HubContext } from '../context.ts';
import type { NewJob, Outcome } from '../jobs/job.ts';
import type { Work } from '../jobs/jobs.ts';
import type { FillTask } from '../jobs/task.ts';
import type { FoundVersion } from '../lake/catalog.ts';
import type { Database } from '../store/migrations.ts';
import type { CacheRow, PlacementRow } from '../store/tables.ts';
import type { Asked } from './cause.ts';
import { withdrawHeal } from './damage.ts';
import { recordEnd } from './history.ts';
import { readRates, readRoom } from './holdings.ts';
import { lendersOf } from './lenders.ts';
import { type Part, placed, selectionOfRow } from './part.ts';
import { makeMoreRoom } from './room/moreRoom.ts';
import { storeShares } from './shares.ts';

/** What a finished fill has published. */
export interface Filled {
  path: string;
  inode: string;
  /** What it takes on the disk beyond what it shares with other placements. */
  storedBytes: number;
  storedInodes: number;
  /** What came from the lake, in this attempt and in one that was cut off before it; of the latter `resumedBytes`. */
  fetchedBytes: number;
  resumedBytes: number;
  fetchedFiles: number;
  /** Of the dataset's versions there, where what they share has changed meanwhile; else empty. */
  shares: Share[];
}

/** The attempt to fill a placement; `fillId` fences it off from every other attempt. */
export interface FillAttempt {
  placementId: string;
  fillId: string;
  cache: CacheRow;
  found: () => Promise<FoundVersion>;
  part: Part;
  asked: Asked;
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

export function fillWork(hub: HubContext, attempt: FillAttempt): Work {
  const { placementId } = attempt;
  let began: number | undefined;
  const seconds = () => (began === undefined ? null : (hub.clock.monotonic() - began) / 1000);
  return {
    resumes: true,
    after: attempt.after,
    async starting() {
      await update(hub.db, attempt).set({ state: 'filling' }).execute();
      hub.events.emit('placement', placementId);
    },
    async run(control) {
      await hub.measures.get(attempt.cache.id);
      await makeMoreRoom(hub, attempt, control.signal);
      const task = await fillTask(hub, attempt);
      began = hub.clock.monotonic();
      return hub.runTask(task, control);
    },
    async settle(outcome) {
      if (outcome.state !== 'done') {
        await notPublished(hub, attempt, outcome, seconds());
        hub.events.emit('placement', placementId);
        return outcome;
      }
      const { shares, ...filled } = outcome.result as Filled;
      await published(hub, attempt, { ...filled, shares }, seconds());
      hub.events.emit('placement', placementId);
      return { state: 'done', result: filled };
    },
  };
}

async function fillTask(hub: HubContext, attempt: FillAttempt): Promise<FillTask> {
  const found = { ...(await attempt.found()), selection: attempt.part?.selection ?? null };
  const { opened, dataset, version } = found;
  return {
    kind: 'fill',
    lake: opened.location,
    lakeId: opened.id,
    cache: attempt.cache.path,
    hubId: hub.hubId,
    dataset: { id: dataset.id, name: dataset.name },
    version: placed(version, attempt.part),
    fillId: attempt.fillId,
    ...(await lendersOf(hub, attempt.cache, found)),
    limits: await limitsOf(hub, attempt),
  };
}

/** What the fill must leave to others; itself left out. What others have written already is used. */
async function limitsOf(hub: HubContext, { cache, placementId }: FillAttempt): Promise<Limits> {
  const room = await readRoom(hub, hub.db, cache, { diskFree: 0, inodesFree: null }, placementId);
  const { used, usedInodes, reserved, reservedInodes, unwritten } = spaceOf(room);
  return {
    capacity: room.capacity,
    inodeCapacity: room.inodeCapacity,
    used: used + reserved - unwritten.bytes,
    usedInodes: usedInodes + reservedInodes - unwritten.inodes,
    reserved: unwritten,
  };
}

/** Fenced: an attempt that was overtaken changes nothing. */
function update(db: Database, { placementId, fillId }: FillAttempt) {
  return db
    .updateTable('placement')
    .where('id', '=', placementId)
    .where('fill_id', '=', fillId)
    .where('state', 'in', ['queued', 'filling']);
}

function rowOf(db: Database, { placementId, fillId }: FillAttempt): Promise<PlacementRow | undefined> {
  return db
    .selectFrom('placement')
    .selectAll()
    .where('id', '=', placementId)
    .where('fill_id', '=', fillId)
    .executeTakeFirst();
}

async function published(
  hub: HubContext,
  attempt: FillAttempt,
  filled: Filled,
  seconds: number | null,
): Promise<void> {
  const healed = await hub.db.transaction().execute(async (db) => {
    const row = await rowOf(db, attempt);
    const now = hub.clock.now();
    await update(db, attempt)
      .set({
        state: 'ready',
        path: filled.path,
        inode: filled.inode,
        stored_bytes: filled.storedBytes,
        stored_inodes: filled.storedInodes,
        last_used: now,
        verified: now,
        job_id: null,
        problem: null,
        damage: null,
      })
      .execute();
    await storeShares(db, attempt.cache.id, filled.shares);
    if (!row) return false;
    const moved = filled.fetchedBytes;
    await recordEnd(hub, db, row, { kind: 'fill', reason: attempt.asked, outcome: 'done', moved, seconds });
    if (seconds !== null) await learn(db, attempt.cache.id, filled, seconds);
    return row.damage !== null;
  });
  if (!healed) return;
  await addTrash(hub, attempt.cache.id, { bytes: filled.storedBytes, inodes: filled.storedInodes });
  void sweepTrash(hub, attempt.cache);
}

async function learn(db: Database, cacheId: string, filled: Filled, seconds: number): Promise<void> {
  const { measured, ...rates } = await readRates(db, cacheId);
  const fetched = Math.max(0, filled.fetchedBytes - filled.resumedBytes);
  const fill = { bytes: fetched, files: filled.fetchedFiles, seconds };
  const next = learnRates(measured ? rates : null, fill);
  if (!next) return;
  await db
    .updateTable('cache')
    .set({ bytes_per_second: next.bytesPerSecond, files_per_second: next.filesPerSecond })
    .where('id', '=', cacheId)
    .execute();
}

/** Whoever waited learns it from the job; a lease on nothing would only keep the next attempt from ageing out. */
async function notPublished(
  hub: HubContext,
  attempt: FillAttempt,
  outcome: Exclude<Outcome, { state: 'done' }>,
  seconds: number | null,
): Promise<void> {
  const row = await rowOf(hub.db, attempt);
  await hub.db.deleteFrom('lease').where('placement_id', '=', attempt.placementId).execute();
  if (!row) return;
  const problem = JSON.stringify(outcome.error.toProblem());
  const lost = outcome.state === 'cancelled' ? 'cancelled' : 'failed';
  await recordEnd(hub, hub.db, row, {
    kind: 'fill',
    reason: attempt.asked,
    outcome: lost,
    moved: 0,
    seconds,
    problem: lost === 'failed' ? outcome.error.message : null,
  });
  const reserved = { bytes: row.stored_bytes, inodes: row.stored_inodes };
  if (await withdrawHeal(hub, attempt.cache, row)) return;
  // Where the lake can't be reached, staging stays for the next attempt, and what was reserved stays with it.
  if (outcome.error.code === 'lake-unreachable' && lost === 'failed') {
    await update(hub.db, attempt).set({ state: 'failed', problem, job_id: null }).execute();
    return;
  }
  await addTrash(hub, attempt.cache.id, reserved);
  if (lost === 'cancelled') {
    await hub.db
      .deleteFrom('placement')
      .where('id', '=', attempt.placementId)
      .where('fill_id', '=', attempt.fillId)
      .execute();
  } else {
    const nothing = { stored_bytes: 0, stored_inodes: 0, job_id: null };
    await update(hub.db, attempt)
      .set({ state: 'failed', problem, ...nothing })
      .execute();
  }
  void sweepTrash(hub, attempt.cache);
}
