import { Kysely, SqliteDialect } from 'kysely';
import { ForebayError } from '../../api/index.ts';
import { type Database, migrations } from './migrations.ts';
import { openNodeSqlite } from './nodeSqlite.ts';
import type { Tables } from './tables.ts';

/**
 * Opens the hub's database and brings it to this program's schema, all or nothing.
 * Throws `daemon-newer` where a newer program wrote it, leaving it untouched, and `damaged`.
 */
export async function openStore(path: string): Promise<Database> {
  let db: Database | undefined;
  try {
    db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openNodeSqlite(path) }) });
    await db.transaction().execute(migrate);
    return db;
  } catch (error) {
    await db?.destroy();
    throw isDamage(error) ? damaged(path, error) : error;
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB (https://sqlite.org/rescode.html). */
function isDamage(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  return errcode !== undefined && [11, 26].includes(errcode & 0xff);
}

function damaged(path: string, cause: unknown): ForebayError {
  return new ForebayError(
    'damaged',
    `The hub's database ${path} is damaged.`,
    "Make it anew from the lake and the caches with 'forebay up --rebuild'.",
    { cause },
  );
}

async function migrate(db: Database): Promise<void> {
  const schema = (db as unknown as Kysely<{ schema: { version: number } }>).withTables<{
    schema: { version: number };
  }>();
  await schema.schema
    .createTable('schema')
    .ifNotExists()
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute();
  const found = (await schema.selectFrom('schema').select('version').executeTakeFirst())?.version ?? 0;
  if (found > migrations.length) {
    throw new ForebayError(
      'daemon-newer',
      `The database was written by a newer Forebay (schema ${found}; this program knows ${migrations.length}).`,
      'Update this Forebay (the command, the JupyterLab or the VS Code extension), or use the newer one.',
    );
  }
  for (const migration of migrations.slice(found)) await migration(db as unknown as Kysely<never>);
  if (found === 0) await schema.insertInto('schema').values({ version: migrations.length }).execute();
  else await schema.updateTable('schema').set({ version: migrations.length }).execute();
}
