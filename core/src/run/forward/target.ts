import { sql } from 'kysely';
import { ForebayError } from '../../api/errors.ts';
import type { RunDatabase } from '../store/open.ts';
import type { ForwardTargetRow } from '../store/tables.ts';

/** The server that runs go to as well; undefined where there is none, or it was turned off. */
export function readTarget(db: RunDatabase): Promise<ForwardTargetRow | undefined> {
  return db.selectFrom('forward_target').selectAll().where('active', '=', 1).executeTakeFirst();
}

/**
 * From now on new runs go to this server. What is there stays here; the same server once more goes on where it was, so that
 * nothing arrives twice.
 */
export async function setTarget(db: RunDatabase, url: string, now: number): Promise<void> {
  await db.transaction().execute(async (within) => {
    const before = await within.selectFrom('forward_target').selectAll().executeTakeFirst();
    if (before?.url !== url) {
      for (const table of [
        'forwarded_run',
        'forwarded_series',
        'forwarded_model',
        'forwarded_file',
      ] as const) {
        await within.deleteFrom(table).execute();
      }
    }
    if (before?.url === url && before.active === 1) return;
    const row = { only: 1 as const, url, active: 1 as const, since: now };
    await within
      .insertInto('forward_target')
      .values(row)
      .onConflict((conflict) => conflict.column('only').doUpdateSet(row))
      .execute();
    await sql`insert or ignore into forwarded_run (run_id, sent, settled) select id, '{}', 1 from run`.execute(
      within,
    );
  });
}

export async function clearTarget(db: RunDatabase): Promise<void> {
  await db.updateTable('forward_target').set({ active: 0 }).execute();
}

/** The address as it is kept, without a slash at its end. Throws `bad-request` for one that can't be used. */
export function checkTarget(text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw new ForebayError(
      'bad-request',
      `'${text}' is not the address of an MLflow server.`,
      'Write it like https://mlflow.example.com.',
    );
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw new ForebayError(
      'bad-request',
      'Credentials don’t belong into the address, where everybody could read them.',
      "Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, where Forebay's daemon starts: 'forebay down', then any command.",
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new ForebayError(
      'bad-request',
      `'${text}' has more than an address.`,
      'Leave out what follows ? or #.',
    );
  }
  return url.href.replace(/\/+$/, '');
}
