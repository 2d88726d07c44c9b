import { Kysely, SqliteDialect } from 'kysely';
import { ForebayError } from '../api/errors.ts';
import { openNodeSqlite } from './nodeSqlite.ts';

/** Migration n brings schema n-1 to n. Written once, never changed afterwards. */
export type Migrations = ReadonlyArray<(db: Kysely<never>) => Promise<void>>;

/**
 * Opens a database and brings it to this program's schema, all or nothing; `hint` says what to do with a damaged one.
 * Throws `daemon-newer` where a newer program wrote it, leaving it untouched, and `damaged`.
 */
export async function openDatabase<Tables>(
  path: string,
  migrations: Migrations,
  hint: string,
): Promise<Kysely<Tables>> {
  let db: Kysely<Tables> | undefined;
  try {
    db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openNodeSqlite(path) }) });
    await db.transaction().execute((within) => migrate(within as unknown as Kysely<never>, migrations));
    return db;
  } catch (error) {
    await db?.destroy();
    throw isDamage(error) ? damaged(path, hint, error) : error;
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB (https://sqlite.org/rescode.html). */
function isDamage(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  return errcode !== undefined && [11, 26].includes(errcode & 0xff);
}

function damaged(path: string, hint: string, cause: unknown): ForebayError {
  return new ForebayError('damaged', `The database ${path} is damaged.`, hint, { cause });
}

async function migrate(db: Kysely<never>, migrations: Migrations): Promise<void> {
  const schema = db as unknown as Kysely<{ schema: { version: number } }>;
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
  for (const migration of migrations.slice(found)) await migration(db);
  const version = migrations.length;
  if (found === 0) await schema.insertInto('schema').values({ version }).execute();
  else await schema.updateTable('schema').set({ version }).execute();
}
