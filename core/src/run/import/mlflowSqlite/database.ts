import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { ForebayError } from '../../../api/errors.ts';

export type Row = Record<string, unknown>;

/** Somebody may be writing to it; milliseconds to wait for them. */
const patience = 10_000;

/**
 * A database of MLflow's, read only and a page of rows at a time: a long read would keep its server from writing. Columns that
 * its version of MLflow doesn't have yet read as null.
 */
export class MlflowDatabase {
  readonly #path: string;
  readonly #db: DatabaseSync;
  readonly #columns = new Map<string, Set<string>>();

  /** Throws `damaged` where it can't be read. */
  constructor(path: string) {
    this.#path = path;
    this.#db = asDamage(path, () => {
      const db = new DatabaseSync(path, { readOnly: true, timeout: patience });
      db.prepare('select count(*) from sqlite_master').get();
      return db;
    });
  }

  has(table: string): boolean {
    return this.#columnsOf(table).size > 0;
  }

  /** Rows of a table with these columns; nothing where there is no such table. */
  select(table: string, columns: readonly string[], rest = '', ...given: SQLInputValue[]): Row[] {
    const there = this.#columnsOf(table);
    if (there.size === 0) return [];
    const listed = columns.map((column) => (there.has(column) ? `"${column}"` : `null as "${column}"`));
    return this.query(`select ${listed.join(', ')} from "${table}" ${rest}`, ...given);
  }

  /** A query of its own, for tables that every version has. */
  query(sql: string, ...given: SQLInputValue[]): Row[] {
    return asDamage(this.#path, () => this.#db.prepare(sql).all(...given));
  }

  close(): void {
    this.#db.close();
  }

  #columnsOf(table: string): Set<string> {
    const known = this.#columns.get(table);
    if (known) return known;
    const rows = this.query('select name from pragma_table_info(?)', table);
    const columns = new Set(rows.map(({ name }) => String(name)));
    this.#columns.set(table, columns);
    return columns;
  }
}

function asDamage<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new ForebayError(
      'damaged',
      `The database ${path} can't be read (${error instanceof Error ? error.message : error}).`,
      'Check it with: sqlite3 FILE "pragma integrity_check"',
      { cause: error },
    );
  }
}
