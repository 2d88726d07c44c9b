import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/**
 * A transaction takes the right to write at once, waiting for it if need be. One that began with reading could not get it
 * any more once another connection (an import's) has written meanwhile (https://sqlite.org/isolation.html).
 */
const beginWriting = 'begin immediate';

/** `node:sqlite` in the shape that Kysely's SQLite dialect expects. */
export function openNodeSqlite(path: string): SqliteDatabase {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = statements.get(sql);
      if (known) return known;
      const statement = shape(database.prepare(sql === 'begin' ? beginWriting : sql));
      if (statements.size >= 200) statements.clear();
      statements.set(sql, statement);
      return statement;
    },
  };
}

function shape(statement: StatementSync): SqliteStatement {
  const input = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...input(parameters)),
    run: (parameters) => statement.run(...input(parameters)),
    iterate: (parameters) => statement.iterate(...input(parameters)),
  };
}
