import { TrackingError } from '../error.ts';
import type { RunDatabase } from '../store/open.ts';
import { placeOf } from './place.ts';

/**
 * Whoever writes from within a run writes its own artifacts, those of runs below it and of their models alone. `place` is
 * below the folder of all artifacts. Throws `PERMISSION_DENIED`.
 */
export async function requireOwn(db: RunDatabase, within: string | undefined, place: string): Promise<void> {
  if (within === undefined) return;
  const owner = await ownerOf(db, place);
  if (owner !== undefined && (await isBelow(db, owner, within))) return;
  throw new TrackingError(
    'PERMISSION_DENIED',
    `'${place}' is not among the artifacts of run ${within}, which this token is for.`,
  );
}

/** The run that a place among artifacts belongs to. Whatever its experiment, it lies in `.../RUN/artifacts` or `.../models/MODEL/artifacts`. */
async function ownerOf(db: RunDatabase, place: string): Promise<string | undefined> {
  const parts = place.split('/');
  for (const [at, part] of parts.entries()) {
    if (at === 0 || part !== 'artifacts') continue;
    const id = parts[at - 1] ?? '';
    const [run, model] = await Promise.all([
      db.selectFrom('run').select(['id', 'artifact_uri']).where('id', '=', id).executeTakeFirst(),
      db
        .selectFrom('model')
        .select(['source_run_id as id', 'artifact_uri'])
        .where('id', '=', id)
        .executeTakeFirst(),
    ]);
    const found = run ?? model;
    if (found && placeOf(found.artifact_uri) === parts.slice(0, at + 1).join('/')) return found.id;
  }
  return undefined;
}

/** Whether a run is another one, or was started within it, however deep. */
async function isBelow(db: RunDatabase, id: string, outer: string): Promise<boolean> {
  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined && !seen.has(at); ) {
    if (at === outer) return true;
    seen.add(at);
    const parent = await db
      .selectFrom('run_tag')
      .select('value')
      .where('owner_id', '=', at)
      .where('key', '=', 'mlflow.parentRunId')
      .executeTakeFirst();
    at = parent?.value;
  }
  return false;
}
