import { among } from '../store/among.ts';
import type { RunDatabase } from '../store/open.ts';

/** Runs that aren't whole on the server, in the order in which they began; imported ones stay here. */
export async function unsettledRuns(db: RunDatabase): Promise<{ id: string; ended: boolean }[]> {
  const rows = await db
    .selectFrom('run')
    .leftJoin('forwarded_run', 'forwarded_run.run_id', 'run.id')
    .leftJoin('imported', 'imported.id', 'run.id')
    .select(['run.id', 'run.status'])
    .where((e) => e.or([e('forwarded_run.run_id', 'is', null), e('forwarded_run.settled', '=', 0)]))
    .where('imported.id', 'is', null)
    .where((e) => e.or([e('run.stage', '=', 'active'), e('forwarded_run.run_id', 'is not', null)]))
    .orderBy('run.start_time')
    .execute();
  return rows.map(({ id, status }) => ({ id, ended: status !== 'RUNNING' && status !== 'SCHEDULED' }));
}

/** Runs that changed after all of them was sent are looked at again; not those from before the server was named. */
export async function unsettle(db: RunDatabase, ids: readonly string[]): Promise<void> {
  await db
    .updateTable('forwarded_run')
    .set({ settled: 0 })
    .where('run_id', 'in', among(ids))
    .where('remote_id', 'is not', null)
    .execute();
}

/** What ended since; the last moments of a daemon that died may not have been looked at. */
export async function unsettleSince(db: RunDatabase, time: number): Promise<void> {
  await db
    .updateTable('forwarded_run')
    .set({ settled: 0 })
    .where('remote_id', 'is not', null)
    .where('run_id', 'in', (e) => e.selectFrom('run').select('id').where('end_time', '>=', time))
    .execute();
}

/** Runs of which the server lacks something that it refuses or can't take, with the reason. */
export function runProblems(db: RunDatabase): Promise<{ id: string; name: string; problem: string }[]> {
  return db
    .selectFrom('forwarded_run')
    .innerJoin('run', 'run.id', 'forwarded_run.run_id')
    .select(['run.id', 'run.name', 'forwarded_run.problem'])
    .where('forwarded_run.problem', 'is not', null)
    .$narrowType<{ problem: string }>()
    .orderBy('run.start_time', 'desc')
    .limit(20)
    .execute();
}

export async function countSent(db: RunDatabase): Promise<number> {
  const { count } = await db
    .selectFrom('forwarded_run')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('remote_id', 'is not', null)
    .where('settled', '=', 1)
    .executeTakeFirstOrThrow();
  return count;
}

export async function noteProblem(db: RunDatabase, id: string, problem: string): Promise<void> {
  await db.updateTable('forwarded_run').set({ problem }).where('run_id', '=', id).execute();
}
