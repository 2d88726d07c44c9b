import { type Kysely, sql } from 'kysely';
import type { Migrations } from '../../store/open.ts';

export const migrations: Migrations = [
  async (db) => {
    const { schema } = db;
    await schema
      .createTable('experiment')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull().unique())
      .addColumn('artifact_location', 'text', (c) => c.notNull())
      .addColumn('stage', 'text', (c) => c.notNull())
      .addColumn('created', 'bigint', (c) => c.notNull())
      .addColumn('updated', 'bigint', (c) => c.notNull())
      .execute();
    await schema
      .createTable('run')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('experiment_id', 'text', (c) => c.notNull().references('experiment.id'))
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('user', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('start_time', 'bigint', (c) => c.notNull())
      .addColumn('end_time', 'bigint')
      .addColumn('stage', 'text', (c) => c.notNull())
      .addColumn('artifact_uri', 'text', (c) => c.notNull())
      .addColumn('last_batch', 'text')
      .execute();
    await schema.createIndex('run_experiment').on('run').columns(['experiment_id', 'start_time']).execute();
    await schema
      .createTable('execution')
      .addColumn('run_id', 'text', (c) => c.primaryKey().references('run.id').onDelete('cascade'))
      .addColumn('command', 'text', (c) => c.notNull())
      .addColumn('folder', 'text', (c) => c.notNull())
      .addColumn('host', 'text', (c) => c.notNull())
      .addColumn('pid', 'integer', (c) => c.notNull())
      .addColumn('heartbeat', 'bigint', (c) => c.notNull())
      .addColumn('exit_code', 'integer')
      .addColumn('lost', 'integer', (c) => c.notNull())
      .addColumn('adopted', 'integer', (c) => c.notNull())
      .execute();
    await addPairs(db, 'experiment_tag', 'owner_id', 'experiment.id');
    await addPairs(db, 'run_tag', 'owner_id', 'run.id');
    await addPairs(db, 'param', 'run_id', 'run.id');
    await schema
      .createTable('metric')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('run_id', 'text', (c) => c.notNull().references('run.id').onDelete('cascade'))
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('points', 'bigint', (c) => c.notNull())
      .addColumn('step', 'bigint', (c) => c.notNull())
      .addColumn('time', 'bigint', (c) => c.notNull())
      .addColumn('value', 'real')
      .addUniqueConstraint('metric_once', ['run_id', 'key'])
      .execute();
    await addPoints(db);
    await schema
      .createTable('dataset')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('experiment_id', 'text', (c) => c.notNull().references('experiment.id'))
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('digest', 'text', (c) => c.notNull())
      .addColumn('source_type', 'text', (c) => c.notNull())
      .addColumn('source', 'text', (c) => c.notNull())
      .addColumn('schema', 'text')
      .addColumn('profile', 'text')
      .addUniqueConstraint('dataset_once', ['experiment_id', 'name', 'digest'])
      .execute();
    await schema
      .createTable('input')
      .addColumn('run_id', 'text', (c) => c.notNull().references('run.id').onDelete('cascade'))
      .addColumn('dataset_id', 'integer', (c) => c.notNull().references('dataset.id'))
      .addColumn('tags', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('input_once', ['run_id', 'dataset_id'])
      .execute();
    await addModels(db);
  },
  async (db) => {
    await addImported(db);
    await addForwarding(db);
  },
  async (db) => {
    await addLineage(db);
    await addEmission(db);
  },
  async (db) => {
    await db.schema
      .alterTable('param')
      .addColumn('origin', 'text', (c) => c.notNull().defaultTo('logged'))
      .execute();
    await db.schema.alterTable('run').dropColumn('last_batch').execute();
  },
  addNotebooks,
  async ({ schema }) => {
    await schema
      .createTable('heard')
      .addColumn('run_id', 'text', (c) => c.primaryKey().references('run.id').onDelete('cascade'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute();
  },
  addLevels,
  addForwardedModels,
  async ({ schema }) => {
    await schema.alterTable('execution').addColumn('process', 'text').execute();
  },
];

async function addPairs(db: Kysely<never>, table: string, owner: string, of: string): Promise<void> {
  await db.schema
    .createTable(table)
    .addColumn(owner, 'text', (c) => c.notNull().references(of).onDelete('cascade'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint(`${table}_once`, [owner, 'key'] as never[])
    .execute();
  await db.schema.createIndex(`${table}_value`).on(table).columns(['key', 'value']).execute();
}

/** Rows in the order of their keys, without row ids beside: both are written and read in runs. */
async function addPoints(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable('metric_tail')
    .addColumn('metric_id', 'integer', (c) => c.notNull().references('metric.id').onDelete('cascade'))
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('step', 'bigint', (c) => c.notNull())
    .addColumn('time', 'bigint', (c) => c.notNull())
    .addColumn('value', 'real')
    .addPrimaryKeyConstraint('metric_tail_once', ['metric_id', 'seq'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema
    .createTable('metric_chunk')
    .addColumn('metric_id', 'integer', (c) => c.notNull().references('metric.id').onDelete('cascade'))
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('step_min', 'bigint', (c) => c.notNull())
    .addColumn('step_max', 'bigint', (c) => c.notNull())
    .addColumn('time_min', 'bigint', (c) => c.notNull())
    .addColumn('time_max', 'bigint', (c) => c.notNull())
    .addColumn('value_min', 'real')
    .addColumn('value_max', 'real')
    .addColumn('value_last', 'real')
    .addColumn('gaps', 'integer', (c) => c.notNull())
    .addColumn('points', 'blob', (c) => c.notNull())
    .addPrimaryKeyConstraint('metric_chunk_once', ['metric_id', 'seq'])
    .execute();
}

async function addModels(db: Kysely<never>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('model')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('experiment_id', 'text', (c) => c.notNull().references('experiment.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('source_run_id', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('artifact_uri', 'text', (c) => c.notNull())
    .addColumn('created', 'bigint', (c) => c.notNull())
    .addColumn('updated', 'bigint', (c) => c.notNull())
    .addColumn('stage', 'text', (c) => c.notNull())
    .execute();
  await schema.createIndex('model_experiment').on('model').columns(['experiment_id', 'created']).execute();
  await addPairs(db, 'model_param', 'owner_id', 'model.id');
  await addPairs(db, 'model_tag', 'owner_id', 'model.id');
  await schema
    .createTable('model_metric')
    .addColumn('model_id', 'text', (c) => c.notNull().references('model.id').onDelete('cascade'))
    .addColumn('run_id', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('dataset_name', 'text', (c) => c.notNull())
    .addColumn('dataset_digest', 'text', (c) => c.notNull())
    .addColumn('step', 'bigint', (c) => c.notNull())
    .addColumn('time', 'bigint', (c) => c.notNull())
    .addColumn('value', 'real')
    .addPrimaryKeyConstraint('model_metric_once', [
      ...(['model_id', 'key', 'run_id', 'dataset_name', 'dataset_digest'] as const),
    ])
    .execute();
  await schema
    .createTable('run_model')
    .addColumn('run_id', 'text', (c) => c.notNull().references('run.id').onDelete('cascade'))
    .addColumn('model_id', 'text', (c) => c.notNull().references('model.id').onDelete('cascade'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('step', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('run_model_once', ['run_id', 'model_id', 'role'])
    .execute();
}

/** What runs made, and ways back from what they used. */
async function addLineage(db: Kysely<never>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('output')
    .addColumn('run_id', 'text', (c) => c.notNull().references('run.id').onDelete('cascade'))
    .addColumn('dataset_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('files', 'bigint', (c) => c.notNull())
    .addColumn('bytes', 'bigint', (c) => c.notNull())
    .addColumn('made', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('output_once', ['run_id', 'dataset_id', 'version'])
    .execute();
  await schema.createIndex('output_version').on('output').columns(['name', 'digest']).execute();
  await schema.createIndex('dataset_version').on('dataset').columns(['name', 'digest']).execute();
  await schema.createIndex('input_dataset').on('input').column('dataset_id').execute();
  await schema.createIndex('model_run').on('model').column('source_run_id').execute();
  await schema.createIndex('run_model_model').on('run_model').column('model_id').execute();
}

/**
 * Where events of runs go, and those that wait. Triggers queue them in the same transaction that changes the run, whoever
 * changes it; more than 10,000 never wait: the oldest give way. What was imported is past, and no news.
 */
async function addEmission(db: Kysely<never>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('emission')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('target', 'text', (c) => c.notNull())
    .addColumn('since', 'bigint', (c) => c.notNull())
    .addColumn('handled', 'bigint', (c) => c.notNull())
    .addColumn('sent', 'bigint', (c) => c.notNull())
    .addColumn('refused', 'bigint', (c) => c.notNull())
    .addColumn('dropped', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('retry_at', 'bigint', (c) => c.notNull())
    .addColumn('error', 'text')
    .addColumn('error_time', 'bigint')
    .execute();
  await schema
    .createTable('emission_queue')
    .addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('run_id', 'text', (c) => c.notNull())
    .addColumn('moment', 'text', (c) => c.notNull())
    .execute();
  const ended = "new.status in ('FINISHED', 'FAILED', 'KILLED')";
  const queue = (moment: string, when = 'true') => `
    insert into emission_queue (run_id, moment) select new.id, '${moment}' where ${when};
    delete from emission_queue where seq <= (select max(seq) from emission_queue) - 10000;`;
  const on = `exists (select 1 from emission)
      and not exists (select 1 from imported where imported.id = new.id)`;
  await sql
    .raw(`create trigger run_began after insert on run when ${on}
      begin ${queue('began')} ${queue('ended', ended)} end`)
    .execute(db);
  await sql
    .raw(`create trigger run_ended after update of status on run when new.status <> old.status and ${ended} and ${on}
      begin ${queue('ended')} end`)
    .execute(db);
}

/** Runs and models that were brought in from elsewhere. */
async function addImported({ schema }: Kysely<never>): Promise<void> {
  await schema
    .createTable('imported')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('seen', 'text', (c) => c.notNull())
    .addColumn('last_written', 'bigint', (c) => c.notNull())
    .addColumn('lost', 'integer', (c) => c.notNull())
    .execute();
}

/** Where runs go besides, and how much of each has arrived there. */
async function addForwarding({ schema }: Kysely<never>): Promise<void> {
  await schema
    .createTable('forward_target')
    .addColumn('only', 'integer', (c) => c.primaryKey().check(sql`only = 1`))
    .addColumn('url', 'text', (c) => c.notNull())
    .addColumn('active', 'integer', (c) => c.notNull())
    .addColumn('since', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createTable('forwarded_run')
    .addColumn('run_id', 'text', (c) => c.primaryKey().references('run.id').onDelete('cascade'))
    .addColumn('remote_id', 'text')
    .addColumn('remote_artifacts', 'text')
    .addColumn('sent', 'text', (c) => c.notNull())
    .addColumn('settled', 'integer', (c) => c.notNull())
    .addColumn('problem', 'text')
    .execute();
  await schema.createIndex('forwarded_run_settled').on('forwarded_run').column('settled').execute();
  await schema
    .createTable('forwarded_series')
    .addColumn('metric_id', 'integer', (c) => c.primaryKey().references('metric.id').onDelete('cascade'))
    .addColumn('points', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createTable('forwarded_artifact')
    .addColumn('run_id', 'text', (c) => c.notNull().references('run.id').onDelete('cascade'))
    .addColumn('path', 'text', (c) => c.notNull())
    .addColumn('stamp', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('forwarded_artifact_once', ['run_id', 'path'])
    .execute();
}

/** Which versions notebooks used, and which runs they started. */
async function addNotebooks({ schema }: Kysely<never>): Promise<void> {
  await schema
    .createTable('notebook')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('path', 'text', (c) => c.notNull())
    .addColumn('host', 'text', (c) => c.notNull())
    .addColumn('user', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('notebook_use')
    .addColumn('notebook_id', 'text', (c) => c.notNull().references('notebook.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('by', 'text', (c) => c.notNull())
    .addColumn('first', 'bigint', (c) => c.notNull())
    .addColumn('last', 'bigint', (c) => c.notNull())
    .addColumn('times', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('notebook_use_once', ['notebook_id', 'name', 'version', 'digest'])
    .execute();
  await schema.createIndex('notebook_use_version').on('notebook_use').columns(['name', 'digest']).execute();
  await schema
    .createTable('notebook_run')
    .addColumn('notebook_id', 'text', (c) => c.notNull().references('notebook.id').onDelete('cascade'))
    .addColumn('run_id', 'text', (c) => c.notNull().references('run.id').onDelete('cascade'))
    .addColumn('started', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('notebook_run_once', ['notebook_id', 'run_id'])
    .execute();
  await schema.createIndex('notebook_run_run').on('notebook_run').column('run_id').execute();
}

/** Summaries of series in coarser steps than chunks, each of four of the step below; made of what is there already. */
async function addLevels(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable('metric_level')
    .addColumn('metric_id', 'integer', (c) => c.notNull().references('metric.id').onDelete('cascade'))
    .addColumn('size', 'bigint', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('step_min', 'bigint', (c) => c.notNull())
    .addColumn('step_max', 'bigint', (c) => c.notNull())
    .addColumn('time_min', 'bigint', (c) => c.notNull())
    .addColumn('time_max', 'bigint', (c) => c.notNull())
    .addColumn('value_min', 'real')
    .addColumn('value_max', 'real')
    .addColumn('value_last', 'real')
    .addColumn('gaps', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('metric_level_once', ['metric_id', 'size', 'seq'])
    .modifyEnd(sql`without rowid`)
    .execute();
  for (let below = 256, added = 1n; added > 0n; below *= 4) {
    const size = sql.lit(below * 4);
    const from = below === 256 ? sql`metric_chunk` : sql`metric_level where size = ${sql.lit(below)}`;
    const { numAffectedRows = 0n } = await sql`insert into metric_level
      select metric_id, ${size}, seq - seq % ${size}, min(step_min), max(step_max), min(time_min), max(time_max),
        min(value_min), max(value_max),
        max(case when seq % ${size} = ${sql.lit(below * 3)} then value_last end), sum(gaps)
      from ${from} group by metric_id, seq - seq % ${size} having count(*) = 4`.execute(db);
    added = numAffectedRows;
  }
}

/** How much of each model has arrived where runs go besides; its files stand beside those of runs. */
async function addForwardedModels(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable('forwarded_model')
    .addColumn('model_id', 'text', (c) => c.primaryKey().references('model.id').onDelete('cascade'))
    .addColumn('remote_id', 'text')
    .addColumn('remote_artifacts', 'text')
    .addColumn('sent', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('forwarded_file')
    .addColumn('owner_id', 'text', (c) => c.notNull())
    .addColumn('path', 'text', (c) => c.notNull())
    .addColumn('stamp', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('forwarded_file_once', ['owner_id', 'path'])
    .execute();
  await sql`insert into forwarded_file select run_id, path, stamp from forwarded_artifact`.execute(db);
  await db.schema.dropTable('forwarded_artifact').execute();
}
