import { type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import { invalid } from '../error.ts';
import { compareNumber, compareText } from '../search/compare.ts';
import { checkLimit, cut, readOffset } from '../search/offset.ts';
import { type Clause, checkOrders, isPresence, parseFilter, parseOrder } from '../search/parse.ts';
import { among } from '../store/among.ts';
import type { RunDatabase } from '../store/open.ts';
import type { RunTables } from '../store/tables.ts';
import { type Model, withModelData } from './models.ts';

/** A dataset by its name, and its digest where several have that name. */
export interface OnDataset {
  name: string;
  digest: string | undefined;
}

export interface ModelSearch {
  experimentIds: readonly string[];
  filter?: string | undefined;
  /** Only what was measured on one of these, which conditions on metrics then are about; all where there is none. */
  datasets: readonly OnDataset[];
  orderBy: readonly { field: string; ascending: boolean; dataset: OnDataset | undefined }[];
  limit: number;
  pageToken?: string | undefined;
}

const mostResults = 1000;
const texts: Record<string, 'id' | 'name' | 'type' | 'source_run_id' | 'status'> = {
  ...{ model_id: 'id', name: 'name', model_type: 'type', source_run_id: 'source_run_id', status: 'status' },
};
const numbers: Record<string, 'created' | 'updated'> = {
  ...{ creation_timestamp: 'created', creation_time: 'created' },
  ...{ last_updated_timestamp: 'updated', last_updated_time: 'updated' },
};

/** Models of the experiments that meet the filter; unless ordered otherwise, the newest first. */
export async function searchModels(
  db: RunDatabase,
  search: ModelSearch,
): Promise<{ items: Model[]; next?: string }> {
  const { experimentIds, filter = '', datasets, orderBy, limit } = search;
  checkLimit(limit, mostResults);
  const offset = readOffset(search.pageToken);
  const clauses = parseFilter(filter);
  checkOrders(orderBy.length);
  if (experimentIds.length === 0) return { items: [] };
  let query = db
    .selectFrom('model')
    .selectAll()
    .where('experiment_id', 'in', among(experimentIds))
    .where('stage', '=', 'active')
    .where((e) => e.and(clauses.map((clause) => condition(e, clause, datasets))));
  if (datasets.length > 0 && !clauses.some(({ entity }) => entity === 'metric')) {
    query = query.where(sql<SqlBool>`exists (${measured(undefined, datasets)})`);
  }
  for (const { field, ascending, dataset } of orderBy) {
    const value = orderedValue(field, dataset);
    query = query.orderBy(value, (by) => (ascending ? by.asc() : by.desc()).nullsLast());
  }
  const rows = await query
    .orderBy('created', 'desc')
    .orderBy('id')
    .limit(limit + 1)
    .offset(offset)
    .execute();
  const { items, next } = cut(rows, offset, limit);
  return { items: await withModelData(db, items), ...(next === undefined ? {} : { next }) };
}

function condition(
  e: ExpressionBuilder<RunTables, 'model'>,
  clause: Clause,
  datasets: readonly OnDataset[],
): RawBuilder<SqlBool> {
  const { entity, key } = clause;
  if (isPresence(clause)) throw invalid(`Invalid comparator '${clause.operator}' for ${entity}.`);
  const { operator, value } = clause;
  switch (entity) {
    case 'metric':
      return sql`exists (${measured(key, datasets)} and ${compareNumber(sql.ref('value'), operator, value, 'metric')})`;
    case 'param':
    case 'tag': {
      const table = sql.table(entity === 'param' ? 'model_param' : 'model_tag');
      const holds = compareText(sql.ref('pair.value'), operator, value, entity);
      return sql`exists (select 1 from ${table} as pair where pair.owner_id = model.id and pair.key = ${key} and ${holds})`;
    }
    default: {
      const text = texts[key];
      if (entity === 'attribute' && text) return compareText(e.ref(text), operator, value, 'attributes');
      const number = numbers[key];
      if (entity === 'attribute' && number) return compareNumber(e.ref(number), operator, value, key);
      throw invalid(`Invalid attribute key '${key}' specified for logged models.`);
    }
  }
}

function orderedValue(field: string, dataset: OnDataset | undefined): RawBuilder<unknown> {
  const { entity, key } = parseOrder(field);
  if (entity === 'metric') return sql`(${measured(key, dataset ? [dataset] : [], 'max(value)')})`;
  const column = texts[key] ?? numbers[key];
  if (entity === 'attribute' && column) return sql`${sql.ref(`model.${column}`)}`;
  throw invalid(`Invalid order by field name: '${field}'.`);
}

/** `key`: undefined stands for any. */
function measured(key: string | undefined, datasets: readonly OnDataset[], what: '1' | 'max(value)' = '1') {
  const one = ({ name, digest }: OnDataset) =>
    digest === undefined
      ? sql`dataset_name = ${name}`
      : sql`(dataset_name = ${name} and dataset_digest = ${digest})`;
  const on = datasets.length === 0 ? sql`1 = 1` : sql`(${sql.join(datasets.map(one), sql` or `)})`;
  const named = key === undefined ? sql`1 = 1` : sql`model_metric.key = ${key}`;
  return sql`select ${sql.raw(what)} from model_metric where model_metric.model_id = model.id and ${named} and ${on}`;
}
