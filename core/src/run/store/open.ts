import { type Kysely, sql } from 'kysely';
import { openDatabase } from '../../store/open.ts';
import { migrations } from './migrations.ts';
import type { RunTables } from './tables.ts';

export type RunDatabase = Kysely<RunTables>;

/** Opens the database of runs, which stands beside the hub's: a hub made anew from its lake keeps its runs. */
export async function openRuns(path: string): Promise<RunDatabase> {
  const hint = 'Bring it back from a backup, or move it away to begin without runs.';
  const db = await openDatabase<RunTables>(path, migrations, hint);
  // LIKE tells upper from lower case in filters, as in every other database; ILIKE doesn't.
  await sql`pragma case_sensitive_like = on`.execute(db);
  return db;
}
