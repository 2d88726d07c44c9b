import { type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import { own } from '../../api/own.ts';
import { invalid } from '../error.ts';
import { type Run, withData } from '../runs.ts';
import { among } from '../store/among.ts';
import type { RunDatabase } from '../store/open.ts';
import type { RunTables } from '../store/tables.ts';
import { compareNumber, compareText } from './compare.ts';
import { checkLimit, cut, readOffset } from './offset.ts';
import { type Clause, isPresence, type Order, parseFilter, parseOrders } from './parse.ts';
import { inView, type View } from './view.ts';

export interface RunSearch {
  experimentIds: readonly string[];
  filter?: string | undefined;
  view?: View | undefined;
  limit: number;
  orderBy?: readonly string[] | undefined;
  pageToken?: string | undefined;
}

const mostResults = 50_000;

type Builder = ExpressionBuilder<RunTables, 'run'>;

/** Runs of the experiments that meet the filter; unless ordered otherwise, the latest first. */
export async function searchRuns(
  db: RunDatabase,
  search: RunSearch,
): Promise<{ items: Run[]; next?: string }> {
  const { experimentIds, filter = '', view = 'ACTIVE_ONLY', limit, orderBy = [] } = search;
  checkLimit(limit, mostResults);
  const offset = readOffset(search.pageToken);
  const clauses = parseFilter(filter);
  const orders = parseOrders(orderBy);
  if (experimentIds.length === 0) return { items: [] };
  let query = db
    .selectFrom('run')
    .selectAll()
    .where('experiment_id', 'in', among(experimentIds))
    .where((e) => e.and([inView(e.ref('stage'), view), ...clauses.map((clause) => condition(e, clause))]));
  for (const order of orders) {
    query = query.orderBy(orderedValue(order), (by) => (order.descending ? by.desc() : by.asc()).nullsLast());
  }
  const rows = await query
    .orderBy('start_time', 'desc')
    .orderBy('id')
    .limit(limit + 1)
    .offset(offset)
    .execute();
  const { items, next } = cut(rows, offset, limit);
  return { items: await withData(db, items), ...(next === undefined ? {} : { next }) };
}

const numbers: Record<string, 'start_time' | 'end_time'> = {
  ...{ start_time: 'start_time', end_time: 'end_time', created: 'start_time', Created: 'start_time' },
};
const texts: Record<string, 'id' | 'name' | 'user' | 'status' | 'artifact_uri'> = {
  ...{ run_id: 'id', run_name: 'name', 'run name': 'name', 'Run name': 'name', 'Run Name': 'name' },
  ...{ user_id: 'user', status: 'status', artifact_uri: 'artifact_uri' },
};

function condition(e: Builder, clause: Clause): RawBuilder<SqlBool> {
  const { entity, key } = clause;
  switch (entity) {
    case 'attribute':
      return attribute(e, clause);
    case 'metric':
      if (isPresence(clause)) throw unknownOperator(clause);
      return sql`exists (select 1 from metric where metric.run_id = run.id and metric.key = ${key} and ${compareNumber(sql.ref('metric.value'), clause.operator, clause.value, `metric`)})`;
    case 'param':
    case 'tag': {
      const rows =
        entity === 'param'
          ? sql`select 1 from param as pair where pair.run_id = run.id and pair.key = ${key}`
          : sql`select 1 from run_tag as pair where pair.owner_id = run.id and pair.key = ${key}`;
      if (isPresence(clause)) {
        return clause.operator === 'IS NULL' ? sql`not exists (${rows})` : sql`exists (${rows})`;
      }
      return sql`exists (${rows} and ${compareText(sql.ref('pair.value'), clause.operator, clause.value, entity)})`;
    }
    case 'dataset':
      return dataset(clause);
  }
}

function attribute(e: Builder, clause: Clause): RawBuilder<SqlBool> {
  const { key } = clause;
  if (isPresence(clause)) throw unknownOperator(clause);
  const number = own(numbers, key);
  if (number) return compareNumber(e.ref(number), clause.operator, clause.value, `numeric attribute: ${key}`);
  const text = own(texts, key);
  if (text) return compareText(e.ref(text), clause.operator, clause.value, 'attributes');
  throw invalid(
    `Invalid attribute key '${key}' specified. Valid keys are '${[...Object.keys(texts), ...Object.keys(numbers)].join("', '")}'`,
  );
}

function dataset(clause: Clause): RawBuilder<SqlBool> {
  const { key } = clause;
  if (isPresence(clause)) throw unknownOperator(clause);
  const used = sql`select 1 from input join dataset on dataset.id = input.dataset_id where input.run_id = run.id`;
  if (key === 'name' || key === 'digest') {
    return sql`exists (${used} and ${compareText(sql.ref(`dataset.${key}`), clause.operator, clause.value, 'dataset attributes')})`;
  }
  if (key === 'context') {
    const context = sql`select json_extract(tag.value, '$.value') from json_each(input.tags) as tag where json_extract(tag.value, '$.key') = 'mlflow.data.context'`;
    return sql`exists (${used} and ${compareText(sql`(${context})`, clause.operator, clause.value, 'dataset attributes')})`;
  }
  throw invalid(`Invalid dataset key '${key}' specified. Valid keys are '{'name', 'digest', 'context'}'`);
}

function unknownOperator({ entity, operator }: Clause) {
  return invalid(`Invalid comparator '${operator}' for ${entity}.`);
}

/** What runs are ordered by; null where a run has no such thing, which comes last in both directions. */
function orderedValue({ entity, key }: Order): RawBuilder<unknown> {
  switch (entity) {
    case 'metric':
      return sql`(select value from metric where metric.run_id = run.id and metric.key = ${key})`;
    case 'param':
      return sql`(select value from param where param.run_id = run.id and param.key = ${key})`;
    case 'tag':
      return sql`(select value from run_tag where run_tag.owner_id = run.id and run_tag.key = ${key})`;
    default: {
      const column = own(numbers, key) ?? own(texts, key);
      if (entity === 'attribute' && column) return sql`${sql.ref(`run.${column}`)}`;
      throw invalid(`Invalid order_by key '${key}'.`);
    }
  }
}
