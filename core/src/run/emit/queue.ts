import { sql } from 'kysely';
import type { Emission } from '../../api/index.ts';
import type { RunDatabase } from '../store/open.ts';
import type { EmissionRow } from '../store/tables.ts';
import { isoTime } from '../view.ts';

export interface QueuedEvent {
  seq: number;
  run_id: string;
  moment: 'began' | 'ended';
}

/** Undefined where no events are sent. */
export const readEmission = (db: RunDatabase): Promise<EmissionRow | undefined> =>
  db.selectFrom('emission').selectAll().executeTakeFirst();

export async function viewEmission(db: RunDatabase): Promise<Emission> {
  const row = await readEmission(db);
  const { waiting } = await db
    .selectFrom('emission_queue')
    .select((e) => e.fn.countAll<number>().as('waiting'))
    .executeTakeFirstOrThrow();
  const nothing = { since: null, sent: 0, refused: 0, dropped: 0, error: null, retry: null };
  if (!row) return { target: null, waiting, ...nothing };
  const { target, since, sent, refused, dropped, error, error_time, retry_at } = row;
  return {
    ...{ target, since: isoTime(since), waiting, sent, refused, dropped },
    error: error === null || error_time === null ? null : { time: isoTime(error_time), message: error },
    retry: retry_at === 0 ? null : isoTime(retry_at),
  };
}

/** What waits for another target goes to this one; a run that goes on now begins for it too. */
export async function startEmission(db: RunDatabase, target: string, now: number): Promise<void> {
  await db.transaction().execute(async (within) => {
    const fresh = { target, attempts: 0, retry_at: 0, error: null, error_time: null };
    if (await readEmission(within)) {
      await within.updateTable('emission').set(fresh).execute();
      return;
    }
    const counts = { handled: await lastSeq(within), sent: 0, refused: 0, dropped: 0 };
    await within
      .insertInto('emission')
      .values({ id: 1, since: now, ...counts, ...fresh })
      .execute();
    await within
      .insertInto('emission_queue')
      .columns(['run_id', 'moment'])
      .expression((e) =>
        e
          .selectFrom('run')
          .select((s) => ['id as run_id', s.val('began' as const).as('moment')])
          .where('status', '=', 'RUNNING')
          .where('stage', '=', 'active')
          .where('id', 'not in', e.selectFrom('imported').select('id'))
          .orderBy('start_time', 'desc')
          .limit(1000),
      )
      .execute();
  });
}

/** Of all that ever waited: numbers aren't used again (https://sqlite.org/autoinc.html). */
async function lastSeq(db: RunDatabase): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    select seq from sqlite_sequence where name = 'emission_queue'`.execute(db);
  return rows[0]?.seq ?? 0;
}

/** From now on nothing is sent; what waits is forgotten. */
export async function stopEmission(db: RunDatabase): Promise<void> {
  await db.transaction().execute(async (within) => {
    await within.deleteFrom('emission').execute();
    await within.deleteFrom('emission_queue').execute();
  });
}

/** The oldest that wait, up to `until`. */
export const waitingEvents = (db: RunDatabase, until: number, most: number): Promise<QueuedEvent[]> =>
  db.selectFrom('emission_queue').selectAll().where('seq', '<=', until).orderBy('seq').limit(most).execute();

/** `seq` of the newest that waits; 0: none does. */
export async function newestWaiting(db: RunDatabase): Promise<number> {
  const { seq } = await db
    .selectFrom('emission_queue')
    .select((e) => e.fn.max('seq').as('seq'))
    .executeTakeFirstOrThrow();
  return seq ?? 0;
}

/** Taken, or not wanted for good: it waits no longer. What is missing before it gave way meanwhile. */
export async function settleEvent(
  db: RunDatabase,
  seq: number,
  refusal: { message: string; time: number } | null,
): Promise<void> {
  await db.transaction().execute(async (within) => {
    const { numDeletedRows } = await within
      .deleteFrom('emission_queue')
      .where('seq', '=', seq)
      .executeTakeFirst();
    // It was forgotten meanwhile, by whoever turned events off.
    if (numDeletedRows === 0n) return;
    await within
      .updateTable('emission')
      .set((e) => ({
        dropped: sql<number>`dropped + max(0, ${seq} - 1 - handled)`,
        handled: seq,
        ...(refusal
          ? { refused: e('refused', '+', 1), error: refusal.message, error_time: refusal.time }
          : { sent: e('sent', '+', 1) }),
        ...{ attempts: 0, retry_at: 0 },
      }))
      .execute();
  });
}

/** It is tried again at `retryAt`. */
export async function postponeEvents(
  db: RunDatabase,
  failure: { message: string; time: number; retryAt: number },
): Promise<void> {
  await db
    .updateTable('emission')
    .set((e) => ({
      attempts: e('attempts', '+', 1),
      retry_at: failure.retryAt,
      error: failure.message,
      error_time: failure.time,
    }))
    .execute();
}
