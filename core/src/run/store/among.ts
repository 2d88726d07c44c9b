import { type RawBuilder, sql } from 'kysely';

/** A list of ids of any length for `in`: as many variables as ids would be more than SQLite takes. */
export const among = (ids: readonly string[]): RawBuilder<string> =>
  sql`(select value from json_each(${JSON.stringify(ids)}))`;
