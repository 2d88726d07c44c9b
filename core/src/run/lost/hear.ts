import { sql } from 'kysely';
import { lostTag } from '../../api/run/runTags.ts';
import { among } from '../store/among.ts';
import type { RunDatabase } from '../store/open.ts';

/**
 * Remembers when runs' own scripts were last heard of, in milliseconds by run; those that have a runner tell it themselves.
 * One that was given up goes on; tells which those are.
 */
export function hear(db: RunDatabase, heard: ReadonlyMap<string, number>): Promise<string[]> {
  if (heard.size === 0) return Promise.resolve([]);
  const ids = [...heard.keys()];
  return db.transaction().execute(async (within) => {
    const known = await within
      .selectFrom('run')
      .leftJoin('execution', 'execution.run_id', 'run.id')
      .select(['run.id', 'run.status'])
      .where('run.id', 'in', among(ids))
      .where('run.status', 'in', ['RUNNING', 'KILLED'])
      .where('execution.run_id', 'is', null)
      .execute();
    for (const { id } of known) {
      const at = heard.get(id) ?? 0;
      await within
        .insertInto('heard')
        .values({ run_id: id, at })
        .onConflict((conflict) => conflict.column('run_id').doUpdateSet({ at }))
        .execute();
    }
    const back = await within
      .selectFrom('run_tag')
      .select('owner_id as id')
      .where('key', '=', lostTag)
      .where('owner_id', 'in', among(known.filter(({ status }) => status === 'KILLED').map(({ id }) => id)))
      .execute();
    for (const { id } of back) {
      await within
        .updateTable('run')
        .set({ status: 'RUNNING', end_time: null })
        .where('id', '=', id)
        .execute();
      await within.deleteFrom('run_tag').where('owner_id', '=', id).where('key', '=', lostTag).execute();
    }
    return back.map(({ id }) => id);
  });
}

/** From now on silence counts of those that go on and were never heard of, as after a crash; those that ended are forgotten. */
export async function listen(db: RunDatabase, now: number): Promise<void> {
  await sql`delete from heard where run_id not in (select id from run where status = 'RUNNING')`.execute(db);
  await sql`
    insert into heard (run_id, at)
      select run.id, ${now} from run
        left join execution on execution.run_id = run.id
        left join imported on imported.id = run.id
        left join heard on heard.run_id = run.id
        where run.status = 'RUNNING' and execution.run_id is null and imported.id is null and heard.run_id is null`.execute(
    db,
  );
}
