import { type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import { invalid } from '../error.ts';
import { type Experiment, withTags } from '../experiments.ts';
import type { RunDatabase } from '../store/open.ts';
import type { RunTables } from '../store/tables.ts';
import { compareNumber, compareText } from './compare.ts';
import { checkLimit, cut, readOffset } from './offset.ts';
import { type Clause, isPresence, parseFilter, parseOrders } from './parse.ts';
import { inView, type View } from './view.ts';

export interface ExperimentSearch {
  filter?: string | undefined;
  view?: View | undefined;
  limit: number;
  orderBy?: readonly string[] | undefined;
  pageToken?: string | undefined;
}

const mostResults = 50_000;

const columns: Record<string, 'id' | 'name' | 'created' | 'updated'> = {
  ...{ name: 'name', creation_time: 'created', last_update_time: 'updated', experiment_id: 'id' },
};

/** Experiments that meet the filter; unless ordered otherwise, the newest first. */
export async function searchExperiments(
  db: RunDatabase,
  search: ExperimentSearch,
): Promise<{ items: Experiment[]; next?: string }> {
  const { filter = '', view = 'ACTIVE_ONLY', limit, orderBy = [] } = search;
  checkLimit(limit, mostResults);
  const offset = readOffset(search.pageToken);
  const clauses = parseFilter(filter);
  let query = db
    .selectFrom('experiment')
    .selectAll()
    .where((e) => e.and([inView(e.ref('stage'), view), ...clauses.map((clause) => condition(e, clause))]));
  for (const { entity, key, descending } of parseOrders(orderBy)) {
    const column = columns[key];
    if (entity !== 'attribute' || !column) throw invalid(`Invalid order_by key '${key}'.`);
    query = query.orderBy(column, descending ? 'desc' : 'asc');
  }
  const rows = await query
    .orderBy('created', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .offset(offset)
    .execute();
  const { items, next } = cut(rows, offset, limit);
  return { items: await withTags(db, items), ...(next === undefined ? {} : { next }) };
}

function condition(e: ExpressionBuilder<RunTables, 'experiment'>, clause: Clause): RawBuilder<SqlBool> {
  const { entity, key } = clause;
  const rows = sql`select 1 from experiment_tag as tag where tag.owner_id = experiment.id and tag.key = ${key}`;
  if (entity === 'tag') {
    if (isPresence(clause)) {
      return clause.operator === 'IS NULL' ? sql`not exists (${rows})` : sql`exists (${rows})`;
    }
    return sql`exists (${rows} and ${compareText(sql.ref('tag.value'), clause.operator, clause.value, 'tag')})`;
  }
  if (isPresence(clause)) {
    throw invalid(`Invalid comparator '${clause.operator}' for ${entity}.`);
  }
  const column = columns[key];
  if (entity !== 'attribute' || !column) {
    throw invalid(
      `Invalid attribute key '${key}' specified. Valid keys are '{'name', 'creation_time', 'last_update_time'}'`,
    );
  }
  return column === 'name' || column === 'id'
    ? compareText(e.ref(column), clause.operator, clause.value, 'attributes')
    : compareNumber(e.ref(column), clause.operator, clause.value, `numeric attribute: ${key}`);
}
