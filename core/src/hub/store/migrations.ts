import type { Kysely } from 'kysely';
import { addKeeping } from './migrateKeeping.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

/** Migration n brings schema n-1 to n. Written once, never changed afterwards. */
export const migrations: ReadonlyArray<(db: Kysely<never>) => Promise<void>> = [
  async (db) => {
    await db.schema
      .createTable('setting')
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('value', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('cache')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull().unique())
      .addColumn('site', 'text', (c) => c.notNull())
      .addColumn('path', 'text', (c) => c.notNull().unique())
      .addColumn('capacity', 'bigint', (c) => c.notNull())
      .addColumn('ttl_seconds', 'bigint', (c) => c.notNull())
      .addColumn('created', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('job')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('dataset', 'text')
      .addColumn('version', 'bigint')
      .addColumn('cache', 'text')
      .addColumn('folder', 'text')
      .addColumn('placement_id', 'text')
      .addColumn('progress', 'text', (c) => c.notNull())
      .addColumn('result', 'text')
      .addColumn('problem', 'text')
      .addColumn('created', 'bigint', (c) => c.notNull())
      .addColumn('ended', 'bigint')
      .execute();
    await db.schema.createIndex('job_state').on('job').column('state').execute();
    await db.schema
      .createTable('placement')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('cache_id', 'text', (c) => c.notNull().references('cache.id'))
      .addColumn('lake_id', 'text', (c) => c.notNull())
      .addColumn('dataset_id', 'text', (c) => c.notNull())
      .addColumn('dataset_name', 'text', (c) => c.notNull())
      .addColumn('version', 'bigint', (c) => c.notNull())
      .addColumn('digest', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('files', 'bigint', (c) => c.notNull())
      .addColumn('bytes', 'bigint', (c) => c.notNull())
      .addColumn('stored_bytes', 'bigint', (c) => c.notNull())
      .addColumn('stored_inodes', 'bigint', (c) => c.notNull())
      .addColumn('fill_id', 'text', (c) => c.notNull())
      .addColumn('path', 'text')
      .addColumn('inode', 'text')
      .addColumn('last_used', 'bigint', (c) => c.notNull())
      .addColumn('pinned', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('job_id', 'text')
      .addColumn('problem', 'text')
      .addUniqueConstraint('placement_once', ['cache_id', 'lake_id', 'dataset_id', 'version'])
      .execute();
    await db.schema
      .createTable('lease')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('placement_id', 'text', (c) => c.notNull().references('placement.id').onDelete('cascade'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('pid', 'integer')
      .addColumn('started', 'text')
      .addColumn('label', 'text')
      .addColumn('since', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('lease_placement').on('lease').column('placement_id').execute();
    await db.schema
      .createTable('answer')
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('fingerprint', 'text', (c) => c.notNull())
      .addColumn('status', 'integer', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('created', 'bigint', (c) => c.notNull())
      .execute();
  },
  // A part of a version has a placement of its own. The constraint can't be changed, so the table is made anew, and the
  // leases stand aside meanwhile: dropping what they refer to would drop them too.
  async (db) => {
    const rows = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
    const columns = [
      ...['id', 'cache_id', 'lake_id', 'dataset_id', 'dataset_name', 'version', 'digest', 'state', 'files'],
      ...['bytes', 'stored_bytes', 'stored_inodes', 'fill_id', 'path', 'inode', 'last_used', 'pinned'],
      ...['job_id', 'problem'],
    ];
    const leaseColumns = ['id', 'placement_id', 'kind', 'pid', 'started', 'label', 'since'];
    await db.schema
      .createTable('placement_next')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('cache_id', 'text', (c) => c.notNull().references('cache.id'))
      .addColumn('lake_id', 'text', (c) => c.notNull())
      .addColumn('dataset_id', 'text', (c) => c.notNull())
      .addColumn('dataset_name', 'text', (c) => c.notNull())
      .addColumn('version', 'bigint', (c) => c.notNull())
      .addColumn('selection', 'text', (c) => c.notNull().defaultTo(''))
      .addColumn('digest', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('files', 'bigint', (c) => c.notNull())
      .addColumn('bytes', 'bigint', (c) => c.notNull())
      .addColumn('stored_bytes', 'bigint', (c) => c.notNull())
      .addColumn('stored_inodes', 'bigint', (c) => c.notNull())
      .addColumn('fill_id', 'text', (c) => c.notNull())
      .addColumn('path', 'text')
      .addColumn('inode', 'text')
      .addColumn('last_used', 'bigint', (c) => c.notNull())
      .addColumn('pinned', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('job_id', 'text')
      .addColumn('problem', 'text')
      .addUniqueConstraint('placement_part_once', [
        'cache_id',
        'lake_id',
        'dataset_id',
        'version',
        'selection',
      ])
      .execute();
    await rows
      .insertInto('placement_next')
      .columns(columns)
      .expression(rows.selectFrom('placement').select(columns))
      .execute();
    await db.schema.createTable('lease_kept').as(rows.selectFrom('lease').selectAll()).execute();
    await db.schema.dropTable('lease').execute();
    await db.schema.dropTable('placement').execute();
    await db.schema.alterTable('placement_next').renameTo('placement').execute();
    await db.schema
      .createTable('lease')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('placement_id', 'text', (c) => c.notNull().references('placement.id').onDelete('cascade'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('pid', 'integer')
      .addColumn('started', 'text')
      .addColumn('label', 'text')
      .addColumn('since', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('lease_placement').on('lease').column('placement_id').execute();
    await rows
      .insertInto('lease')
      .columns(leaseColumns)
      .expression(rows.selectFrom('lease_kept').select(leaseColumns))
      .execute();
    await db.schema.dropTable('lease_kept').execute();
  },
  addKeeping,
];
