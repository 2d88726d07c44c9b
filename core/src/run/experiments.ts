import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { absent, invalid, TrackingError } from './error.ts';
import { checkKey, checkLength, longest } from './names.ts';
import { among } from './store/among.ts';
import type { RunDatabase } from './store/open.ts';
import type { ExperimentRow, RunTables, Stage } from './store/tables.ts';

export interface Experiment extends ExperimentRow {
  tags: { key: string; value: string }[];
}

/** Where runs go that name no experiment; there from the start, as MLflow's clients expect. */
export const defaultExperiment = { id: '0', name: 'Default' } as const;

/** Where artifacts of runs lie that ask for no other place: the tracking server passes them on. */
export const artifactRoot = 'mlflow-artifacts:/';

export async function createExperiment(
  db: RunDatabase,
  request: { name: string; artifactLocation?: string | undefined; tags?: { key: string; value: string }[] },
  now: number,
): Promise<string> {
  const { name, artifactLocation, tags = [] } = request;
  checkName(name);
  checkTags(tags);
  return db.transaction().execute(async (within) => {
    const there = await byName(within, name);
    if (there) throw exists(there);
    const id = await freeId(within, now);
    const stage = 'active' as const;
    const artifact_location = artifactLocation || `${artifactRoot}${id}`;
    await within
      .insertInto('experiment')
      .values({ id, name, artifact_location, stage, created: now, updated: now })
      .execute();
    await setTags(within, id, tags);
    return id;
  });
}

export async function readExperiment(db: RunDatabase, id: string): Promise<Experiment> {
  const [found] = await withTags(db, await select(db, (e) => e('id', '=', id)));
  if (!found) throw absent(`No Experiment with id=${id} exists`);
  return found;
}

export async function readExperimentByName(db: RunDatabase, name: string): Promise<Experiment> {
  const [found] = await withTags(db, await select(db, (e) => e('name', '=', name)));
  if (!found) throw absent(`Could not find experiment with name '${name}'`);
  return found;
}

export async function renameExperiment(
  db: RunDatabase,
  id: string,
  name: string,
  now: number,
): Promise<void> {
  checkName(name);
  await db.transaction().execute(async (within) => {
    await requireActive(within, id);
    const there = await byName(within, name);
    if (there && there.id !== id) throw exists(there);
    await within.updateTable('experiment').set({ name, updated: now }).where('id', '=', id).execute();
  });
}

/** Its runs go and come with it. */
export async function setExperimentStage(
  db: RunDatabase,
  id: string,
  stage: Stage,
  now: number,
): Promise<void> {
  await db.transaction().execute(async (within) => {
    const found = await readExperiment(within, id);
    if (found.stage === stage) {
      const other = stage === 'active' ? 'deleted' : 'active';
      throw absent(`No Experiment with id=${id} exists in the '${other}' state`);
    }
    await within.updateTable('experiment').set({ stage, updated: now }).where('id', '=', id).execute();
    await within.updateTable('run').set({ stage }).where('experiment_id', '=', id).execute();
  });
}

export async function setExperimentTag(
  db: RunDatabase,
  id: string,
  tag: { key: string; value: string },
): Promise<void> {
  checkTags([tag]);
  await requireActive(db, id);
  await setTags(db, id, [tag]);
}

export async function deleteExperimentTag(db: RunDatabase, id: string, key: string): Promise<void> {
  await requireActive(db, id);
  const { numDeletedRows } = await db
    .deleteFrom('experiment_tag')
    .where('owner_id', '=', id)
    .where('key', '=', key)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw absent(`No tag with name: ${key} in experiment with id ${id}`);
}

export async function requireActive(db: RunDatabase, id: string): Promise<Experiment> {
  const found = await readExperiment(db, id);
  if (found.stage === 'active') return found;
  throw invalid(`The experiment ${id} must be in the 'active' state. Current state is ${found.stage}.`);
}

/** With the tags of each. */
export async function withTags(db: RunDatabase, rows: ExperimentRow[]): Promise<Experiment[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const tags = await db
    .selectFrom('experiment_tag')
    .selectAll()
    .where('owner_id', 'in', among(ids))
    .execute();
  return rows.map((row) => ({
    ...row,
    tags: tags.filter(({ owner_id }) => owner_id === row.id).map(({ key, value }) => ({ key, value })),
  }));
}

export async function makeDefaultExperiment(db: RunDatabase, now: number): Promise<void> {
  const artifact_location = `${artifactRoot}${defaultExperiment.id}`;
  await db
    .insertInto('experiment')
    .values({ ...defaultExperiment, artifact_location, stage: 'active', created: now, updated: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function select(
  db: RunDatabase,
  where: (builder: ExpressionBuilder<RunTables, 'experiment'>) => Expression<SqlBool>,
): Promise<ExperimentRow[]> {
  return db.selectFrom('experiment').selectAll().where(where).execute();
}

const byName = (db: RunDatabase, name: string) =>
  db.selectFrom('experiment').selectAll().where('name', '=', name).executeTakeFirst();

function exists({ name, stage }: ExperimentRow): TrackingError {
  const how =
    stage === 'deleted'
      ? `Experiment '${name}' already exists in deleted state. You can restore the experiment, or permanently delete the experiment to create a new one.`
      : `Experiment(name=${name}) already exists.`;
  return new TrackingError('RESOURCE_ALREADY_EXISTS', how);
}

/** The time in milliseconds with three digits more: numbers, as clients expect, in the order in which they were made. */
async function freeId(db: RunDatabase, now: number): Promise<string> {
  for (;;) {
    const id = `${now}${String(Math.floor(Math.random() * 1000)).padStart(3, '0')}`;
    const taken = await db.selectFrom('experiment').select('id').where('id', '=', id).executeTakeFirst();
    if (!taken) return id;
  }
}

function checkName(name: string): void {
  if (name === '') throw invalid("Invalid experiment name: ''");
  if ([...name].length > longest.experiment) {
    throw invalid(`Experiment name exceeds the maximum length of ${longest.experiment} characters`);
  }
}

function checkTags(tags: { key: string; value: string }[]): void {
  for (const { key, value } of tags) {
    checkKey('tag', key);
    checkLength('value', longest.experimentTag, value);
  }
}

async function setTags(db: RunDatabase, owner_id: string, tags: { key: string; value: string }[]) {
  if (tags.length === 0) return;
  await db
    .insertInto('experiment_tag')
    .values(tags.map(({ key, value }) => ({ owner_id, key, value })))
    .onConflict((conflict) =>
      conflict.columns(['owner_id', 'key']).doUpdateSet((e) => ({ value: e.ref('excluded.value') })),
    )
    .execute();
}
