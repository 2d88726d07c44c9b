import { among } from '../store/among.ts';
import type { RunDatabase } from '../store/open.ts';
import type { ImportedRow } from '../store/tables.ts';

/** Undefined for what was never imported. */
export function findImported(db: RunDatabase, id: string): Promise<ImportedRow | undefined> {
  return db.selectFrom('imported').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function keepImported(db: RunDatabase, row: ImportedRow): Promise<void> {
  await db
    .insertInto('imported')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

/** Which of these runs their source calls running though nobody writes to them any more. */
export async function lostImports(db: RunDatabase, runIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('imported')
    .select('id')
    .where('lost', '=', 1)
    .where('id', 'in', among(runIds))
    .execute();
  return new Set(rows.map(({ id }) => id));
}
