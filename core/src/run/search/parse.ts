import { own } from '../../api/own.ts';
import { invalid } from '../error.ts';
import { type Token, tokensOf } from './tokens.ts';

export type Entity = 'attribute' | 'metric' | 'param' | 'tag' | 'dataset';
export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN';

export interface Name {
  entity: Entity;
  key: string;
}

/** One condition of a filter; all of them must hold. */
export type Clause = Compared | Presence;
export type Compared = Name & { operator: Comparison; value: string | number | readonly string[] };
export type Presence = Name & { operator: 'IS NULL' | 'IS NOT NULL' };

export const isPresence = (clause: Clause): clause is Presence => !('value' in clause);

const spellings: Record<string, Entity> = {
  ...{ attribute: 'attribute', attributes: 'attribute', attr: 'attribute', run: 'attribute' },
  ...{ metric: 'metric', metrics: 'metric' },
  ...{ param: 'param', params: 'param', parameter: 'param', parameters: 'param' },
  ...{ tag: 'tag', tags: 'tag', dataset: 'dataset', datasets: 'dataset' },
};

/**
 * MLflow's filter grammar: comparisons joined by AND. `metrics.loss < 0.1 and params.model = 'cnn'`.
 * Throws `INVALID_PARAMETER_VALUE`.
 */
export function parseFilter(text: string): Clause[] {
  const tokens = tokensOf(text, text);
  if (tokens.length === 0) return [];
  const reader = new Reader(tokens, text);
  const clauses = [reader.clause()];
  while (reader.more) {
    reader.expectAnd();
    clauses.push(reader.clause());
    if (clauses.length > clausesMost) throw invalid(`A filter has at most ${clausesMost} conditions.`);
  }
  return clauses;
}

/** More than anybody writes; SQLite nests no deeper than 1,000. */
const clausesMost = 200;
const ordersMost = 50;

export interface Order extends Name {
  descending: boolean;
}

/** Throws `INVALID_PARAMETER_VALUE`. */
export function parseOrders(texts: readonly string[]): Order[] {
  checkOrders(texts.length);
  return texts.map(parseOrder);
}

/** Throws `INVALID_PARAMETER_VALUE`. */
export function checkOrders(count: number): void {
  if (count > ordersMost) throw invalid(`order_by has at most ${ordersMost} clauses.`);
}

/** `metrics.loss DESC`, `start_time`. Throws `INVALID_PARAMETER_VALUE`. */
export function parseOrder(text: string): Order {
  const [first, second, ...rest] = tokensOf(text, text);
  const wrong =
    first?.kind !== 'name' ||
    rest.length > 0 ||
    (second && !(second.kind === 'word' && ['ASC', 'DESC'].includes(second.value)));
  if (wrong) throw invalid(`Invalid order_by clause '${text}'.`);
  return { ...nameOf(first), descending: second?.kind === 'word' && second.value === 'DESC' };
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #text: string;
  #at = 0;

  constructor(tokens: readonly Token[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
  }

  get more(): boolean {
    return this.#at < this.#tokens.length;
  }

  expectAnd(): void {
    const token = this.#next();
    if (token?.kind === 'word' && token.value === 'AND') return;
    throw invalid(`Invalid clause(s) in filter string: '${this.#text}'. Conditions are joined by AND.`);
  }

  clause(): Clause {
    const token = this.#next();
    if (token?.kind !== 'name') throw this.#refusal();
    const name = nameOf(token);
    const operator = this.#operator();
    if (operator === 'IS NULL' || operator === 'IS NOT NULL') return { ...name, operator };
    if (operator === 'IN' || operator === 'NOT IN') return { ...name, operator, value: this.#list() };
    const value = this.#next();
    if (value?.kind !== 'string' && value?.kind !== 'number') throw this.#refusal();
    return { ...name, operator, value: value.value };
  }

  #operator(): Clause['operator'] {
    const token = this.#next();
    if (token?.kind === 'operator') return token.value as Comparison;
    if (token?.kind !== 'word') throw this.#refusal();
    if (token.value === 'LIKE' || token.value === 'ILIKE' || token.value === 'IN') return token.value;
    if (token.value === 'NOT' && this.#isWord('IN')) return 'NOT IN';
    if (token.value === 'IS') {
      if (this.#isWord('NULL')) return 'IS NULL';
      if (this.#isWord('NOT') && this.#isWord('NULL')) return 'IS NOT NULL';
    }
    throw this.#refusal();
  }

  #list(): string[] {
    const values: string[] = [];
    if (!this.#isMark('(')) throw this.#refusal();
    do {
      const value = this.#next();
      if (value?.kind !== 'string') {
        throw invalid(
          'While parsing a list in the query, expected string value, punctuation, or whitespace.',
        );
      }
      values.push(value.value);
    } while (this.#isMark(','));
    if (!this.#isMark(')')) throw this.#refusal();
    return values;
  }

  #isWord(value: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word' || token.value !== value) return false;
    this.#at++;
    return true;
  }

  #isMark(value: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'mark' || token.value !== value) return false;
    this.#at++;
    return true;
  }

  #next(): Token | undefined {
    return this.#tokens[this.#at++];
  }

  #refusal() {
    return invalid(
      `Invalid clause(s) in filter string: '${this.#text}'. A condition is an identifier, a comparison and a value: metrics.loss < 0.1, params.model = 'cnn'.`,
    );
  }
}

function nameOf({ entity, key }: Extract<Token, { kind: 'name' }>): Name {
  if (entity === null) return { entity: 'attribute', key };
  const known = own(spellings, entity);
  if (known) return { entity: known, key };
  throw invalid(
    `Invalid entity type '${entity}'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']`,
  );
}
