import { type Expression, type SqlBool, sql } from 'kysely';
import { invalid } from '../error.ts';
import { among } from '../store/among.ts';
import type { Comparison } from './parse.ts';

/** Characters of a text that is compared with; SQLite takes no pattern of over 50,000 bytes. */
const longestText = 10_000;

type Value = string | number | readonly string[];

/** A comparison of text in SQL. Throws `INVALID_PARAMETER_VALUE` for a number, and for comparisons by size. */
export function compareText(column: Expression<unknown>, operator: Comparison, value: Value, what: string) {
  if (operator === 'IN' || operator === 'NOT IN') {
    const list = among(value as readonly string[]);
    return operator === 'IN' ? sql<SqlBool>`${column} in ${list}` : sql<SqlBool>`${column} not in ${list}`;
  }
  if (typeof value !== 'string') {
    throw invalid(`Expected a quoted string value for ${what} (e.g. 'my-value'). Got value ${String(value)}`);
  }
  if (value.length > longestText) {
    throw invalid(`The text that ${what} is compared with is longer than ${longestText} characters.`);
  }
  switch (operator) {
    case '=':
      return sql<SqlBool>`${column} = ${value}`;
    case '!=':
      return sql<SqlBool>`${column} != ${value}`;
    case 'LIKE':
      return sql<SqlBool>`${column} like ${value}`;
    case 'ILIKE':
      return sql<SqlBool>`lower(${column}) like lower(${value})`;
    default:
      throw invalid(`Invalid comparator '${operator}' for ${what}: it compares text.`);
  }
}

const numeric: readonly Comparison[] = ['=', '!=', '<', '<=', '>', '>='];

/** A comparison of numbers in SQL. Throws `INVALID_PARAMETER_VALUE` for text. */
export function compareNumber(column: Expression<unknown>, operator: Comparison, value: Value, what: string) {
  if (!numeric.includes(operator)) {
    throw invalid(`Invalid comparator '${operator}' for ${what}: it compares numbers.`);
  }
  if (typeof value !== 'number') {
    throw invalid(`Expected numeric value type for ${what}. Found ${String(value)}`);
  }
  // What is no number (null here) differs from every number.
  if (operator === '!=') return sql<SqlBool>`(${column} != ${value} or ${column} is null)`;
  return sql<SqlBool>`${column} ${sql.raw(operator)} ${value}`;
}
