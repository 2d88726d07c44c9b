import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';

/** Which stages a search shows. */
export const views = ['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL'] as const;
export type View = (typeof views)[number];

export function inView(stage: Expression<unknown>, view: View): RawBuilder<SqlBool> {
  if (view === 'ALL') return sql`1 = 1`;
  return sql`${stage} = ${view === 'ACTIVE_ONLY' ? 'active' : 'deleted'}`;
}
