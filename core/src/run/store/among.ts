import { type RawBuilder, sql } from 'kysely';

/** As many as are given as variables, which lets an index order what is found; of thousands SQLite takes no more. */
const fewMost = 100;

/** A list of any length for `in`. */
export const among = (values: readonly string[]): RawBuilder<string> =>
  values.length > 0 && values.length <= fewMost
    ? sql`(${sql.join([...values])})`
    : sql`(select value from json_each(${JSON.stringify(values)}))`;
