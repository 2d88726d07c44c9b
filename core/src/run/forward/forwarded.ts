import type { RunDatabase } from '../store/open.ts';
import type { ForwardedRunRow } from '../store/tables.ts';

/** A run that is on the server. */
export type RemoteRow = ForwardedRunRow & { remote_id: string };

export const rowOf = (db: RunDatabase, id: string) =>
  db.selectFrom('forwarded_run').selectAll().where('run_id', '=', id).executeTakeFirst();

/** The id that a run has on the server. */
export async function remoteIdOf(db: RunDatabase, id: string | undefined): Promise<string | undefined> {
  const row = id === undefined ? undefined : await rowOf(db, id);
  return row?.remote_id ?? undefined;
}

export async function keep(
  db: RunDatabase,
  id: string,
  change: Partial<Omit<ForwardedRunRow, 'run_id'>>,
): Promise<void> {
  await db.updateTable('forwarded_run').set(change).where('run_id', '=', id).execute();
}
