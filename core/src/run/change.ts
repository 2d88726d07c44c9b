import type { RunChange } from '../api/schemas.ts';
import { requireActiveRun } from './runRow.ts';
import { nameTag, setRunStage } from './runs.ts';
import type { RunDatabase } from './store/open.ts';
import { setTags } from './tags.ts';

/** What a person changes of a run afterwards, all of it or nothing. One that was deleted must be brought back first. */
export async function changeRun(db: RunDatabase, id: string, { name, tags = {}, deleted }: RunChange) {
  const named: Record<string, string | null> = {
    ...tags,
    ...(name === undefined ? {} : { [nameTag]: name }),
  };
  const set = Object.entries(named).flatMap(([key, value]) => (value === null ? [] : [{ key, value }]));
  const removed = Object.keys(named).filter((key) => named[key] === null);
  await db.transaction().execute(async (within) => {
    if (deleted === false) await setRunStage(within, id, 'active');
    if (set.length > 0 || removed.length > 0) await requireActiveRun(within, id);
    await setTags(within, id, set);
    if (removed.length > 0) {
      await within.deleteFrom('run_tag').where('owner_id', '=', id).where('key', 'in', removed).execute();
    }
    if (deleted === true) await setRunStage(within, id, 'deleted');
  });
}
