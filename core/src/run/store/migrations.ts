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
