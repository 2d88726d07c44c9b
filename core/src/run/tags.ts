import { absent } from './error.ts';
import { checkKey, longest, truncate } from './names.ts';
import { requireActiveRun } from './runRow.ts';
import type { RunDatabase } from './store/open.ts';

export interface Tag {
  key: string;
  value: string;
}

/** Of a run; what was set before is set anew. The caller has checked that the run is there. */
export async function setTags(db: RunDatabase, owner_id: string, tags: readonly Tag[]): Promise<void> {
  if (tags.length === 0) return;
  for (const { key } of tags) checkKey('tag', key);
  const newest = new Map(tags.map(({ key, value }) => [key, truncate(longest.tag, value)]));
  await db
    .insertInto('run_tag')
    .values([...newest].map(([key, value]) => ({ owner_id, key, value })))
    .onConflict((conflict) =>
      conflict.columns(['owner_id', 'key']).doUpdateSet((e) => ({ value: e.ref('excluded.value') })),
    )
    .execute();
  const name = newest.get('mlflow.runName');
  if (name) await db.updateTable('run').set({ name }).where('id', '=', owner_id).execute();
}

export async function deleteTag(db: RunDatabase, runId: string, key: string): Promise<void> {
  await requireActiveRun(db, runId);
  const { numDeletedRows } = await db
    .deleteFrom('run_tag')
    .where('owner_id', '=', runId)
    .where('key', '=', key)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw absent(`No tag with name: ${key} in run with id ${runId}`);
}
