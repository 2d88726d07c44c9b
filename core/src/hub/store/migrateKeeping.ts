import type { ColumnDefinitionBuilder, Kysely } from 'kysely';

type Build = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
const plain: Build = (c) => c;
const zero: Build = (c) => c.notNull().defaultTo(0);

/** Keeping the cache: inodes, trash, rates, scrubbing, uses, counters, history. Never changed afterwards. */
export async function addKeeping(db: Kysely<never>): Promise<void> {
  const add = (
    table: 'cache' | 'placement',
    column: string,
    type: 'bigint' | 'real' | 'text',
    build = plain,
  ) => db.schema.alterTable(table).addColumn(column, type, build).execute();
  await add('cache', 'inode_capacity', 'bigint');
  await add('cache', 'trash_bytes', 'bigint', zero);
  await add('cache', 'trash_inodes', 'bigint', zero);
  await add('cache', 'bytes_per_second', 'real');
  await add('cache', 'files_per_second', 'real');
  await add('cache', 'scrub_seconds', 'bigint', (c) => c.notNull().defaultTo(30 * 86_400));
  await add('cache', 'scrub_bytes_per_second', 'bigint', (c) => c.notNull().defaultTo(50_000_000));
  await add('placement', 'cause', 'text');
  await add('placement', 'damage', 'text');
  await add('placement', 'verified', 'bigint', zero);
  await add('placement', 'scrub_path', 'text');
  await db.schema
    .createTable('version_use')
    .addColumn('cache_id', 'text', (c) => c.notNull().references('cache.id').onDelete('cascade'))
    .addColumn('lake_id', 'text', (c) => c.notNull())
    .addColumn('dataset_id', 'text', (c) => c.notNull())
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('selection', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('days', 'text', (c) => c.notNull())
    .addColumn('last', 'bigint', (c) => c.notNull())
    .addColumn('pause', 'real')
    .addPrimaryKeyConstraint('version_use_once', [
      ...(['cache_id', 'lake_id', 'dataset_id', 'version', 'selection'] as const),
    ])
    .execute();
  await db.schema
    .createTable('counter')
    .addColumn('cache_id', 'text', (c) => c.notNull().references('cache.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('label', 'text', (c) => c.notNull())
    .addColumn('value', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('counter_once', ['cache_id', 'name', 'label'])
    .execute();
  await db.schema
    .createTable('history')
    .addColumn('seq', 'bigint', (c) => c.primaryKey())
    .addColumn('time', 'bigint', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('wanted', 'text')
    .addColumn('cache', 'text', (c) => c.notNull())
    .addColumn('dataset', 'text', (c) => c.notNull())
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('selection', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('bytes', 'bigint', (c) => c.notNull())
    .addColumn('moved', 'bigint', (c) => c.notNull())
    .addColumn('seconds', 'real')
    .addColumn('problem', 'text')
    .execute();
}
