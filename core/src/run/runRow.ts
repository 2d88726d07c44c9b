import { absent, invalid } from './error.ts';
import type { RunDatabase } from './store/open.ts';
import type { RunRow } from './store/tables.ts';

/** Throws where there is no such run, or it was deleted: then nothing may be logged to it. */
export async function requireActiveRun(db: RunDatabase, id: string): Promise<RunRow> {
  const row = await readRunRow(db, id);
  if (row.stage === 'active') return row;
  throw invalid(`The run ${id} must be in the 'active' state. Current state is ${row.stage}.`);
}

/** Throws where there is no such run. */
export async function readRunRow(db: RunDatabase, id: string): Promise<RunRow> {
  const row = await db.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirst();
  if (row) return row;
  throw absent(`Run with id=${id} not found`);
}
