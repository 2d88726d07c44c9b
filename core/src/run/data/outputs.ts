import type { RunDatabase } from '../store/open.ts';
import type { OutputRow } from '../store/tables.ts';

/** A version that was made within a run; said again, it stands once. False where there is no such run. */
export async function addOutput(db: RunDatabase, output: OutputRow): Promise<boolean> {
  const run = await db.selectFrom('run').select('id').where('id', '=', output.run_id).executeTakeFirst();
  if (!run) return false;
  await db
    .insertInto('output')
    .values(output)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return true;
}

/** In the order in which they were made. */
export function outputsOf(db: RunDatabase, runId: string): Promise<OutputRow[]> {
  return db.selectFrom('output').selectAll().where('run_id', '=', runId).orderBy('made').execute();
}
