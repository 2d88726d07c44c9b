import { createHash } from 'node:crypto';
import { absent } from '../error.ts';
import type { RunDatabase } from '../store/open.ts';
import type { NotebookUseRow } from '../store/tables.ts';

/** A notebook is a file on a host; moved, it is another. */
export interface Notebook {
  path: string;
  host: string;
  user: string;
}

export type UsedVersion = Pick<NotebookUseRow, 'name' | 'version' | 'digest'>;

export function notebookId({ path, host }: Pick<Notebook, 'path' | 'host'>): string {
  const hash = createHash('sha256').update(JSON.stringify([host, path]));
  return `n-${hash.digest('hex').slice(0, 32)}`;
}

/**
 * Remembers what a notebook used, and the run that it started, at `now` (milliseconds). The datasets that it used for
 * the first time. Throws `RESOURCE_DOES_NOT_EXIST` for a run that is not there.
 */
export async function recordUses(
  db: RunDatabase,
  notebook: Notebook,
  uses: { versions: readonly UsedVersion[]; by: NotebookUseRow['by']; run?: string | undefined },
  now: number,
): Promise<string[]> {
  const id = notebookId(notebook);
  return db.transaction().execute(async (within) => {
    await within
      .insertInto('notebook')
      .values({ id, ...notebook })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ user: notebook.user }))
      .execute();
    if (uses.run !== undefined) await addRun(within, id, uses.run, now);
    const fresh: string[] = [];
    for (const version of uses.versions) {
      const { times } = await within
        .insertInto('notebook_use')
        .values({ notebook_id: id, ...version, by: uses.by, first: now, last: now, times: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['notebook_id', 'name', 'version', 'digest'])
            .doUpdateSet((e) => ({ by: uses.by, last: now, times: e('notebook_use.times', '+', 1) })),
        )
        .returning('times')
        .executeTakeFirstOrThrow();
      if (times === 1) fresh.push(version.name);
    }
    return fresh;
  });
}

async function addRun(db: RunDatabase, notebook_id: string, run_id: string, started: number): Promise<void> {
  const run = await db.selectFrom('run').select('id').where('id', '=', run_id).executeTakeFirst();
  if (!run) throw absent(`Run with id=${run_id} not found`);
  await db
    .insertInto('notebook_run')
    .values({ notebook_id, run_id, started })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
