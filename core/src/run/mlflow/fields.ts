import { invalid } from '../error.ts';

/** What a client sent, in a body or in the query, read field by field with MLflow's own refusals. */
export class Fields {
  readonly #values: Record<string, unknown>;

  constructor(values: Record<string, unknown>) {
    this.#values = values;
  }

  string(name: string): string {
    return this.#required(name, this.optionalString(name));
  }

  optionalString(name: string): string | undefined {
    const value = this.#value(name);
    if (value === undefined || typeof value === 'string') return value;
    throw wrong(name, value);
  }

  /** 64-bit integers also come as text, as in protobuf's JSON. */
  integer(name: string): number {
    return this.#required(name, this.optionalInteger(name));
  }

  optionalInteger(name: string): number | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
    throw wrong(name, value);
  }

  /** Milliseconds since 1970, as far as calendars reach (ECMA-262, Time Values and Time Range). */
  time(name: string): number {
    return this.#required(name, this.optionalTime(name));
  }

  optionalTime(name: string): number | undefined {
    const value = this.optionalInteger(name);
    if (value === undefined || (value >= 0 && value <= 8.64e15)) return value;
    throw wrong(name, value);
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.#value(name);
    if (value === undefined || typeof value === 'boolean') return value;
    throw wrong(name, value);
  }

  /** Also "NaN", "Infinity" and "-Infinity", as in protobuf's JSON. */
  double(name: string): number {
    const value = this.#required(name, this.#value(name));
    if (typeof value === 'number') return value;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : undefined;
    if (number !== undefined && (!Number.isNaN(number) || value === 'NaN')) return number;
    throw wrong(name, value);
  }

  strings(name: string): string[] {
    const value = this.#value(name) ?? [];
    // A query holds one value like several.
    const all = Array.isArray(value) ? value : [value];
    if (all.every((each): each is string => typeof each === 'string')) return all;
    throw wrong(name, value);
  }

  list<T>(name: string, read: (fields: Fields) => T): T[] {
    const value = this.#value(name) ?? [];
    if (!Array.isArray(value) || !value.every(isRecord)) throw wrong(name, value);
    return value.map((each) => read(new Fields(each)));
  }

  object<T>(name: string, read: (fields: Fields) => T): T {
    const value = this.#required(name, this.#value(name));
    if (!isRecord(value)) throw wrong(name, value);
    return read(new Fields(value));
  }

  optionalOneOf<T extends string>(name: string, known: readonly T[]): T | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    const found = known.find((each) => each === value);
    if (found === undefined) throw wrong(name, value);
    return found;
  }

  #value(name: string): unknown {
    return this.#values[name] ?? undefined;
  }

  #required<T>(name: string, value: T | undefined): T {
    if (value !== undefined && value !== '') return value;
    throw invalid(
      `Missing value for required parameter '${name}'. See the API docs for more information about request parameters.`,
    );
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function wrong(name: string, value: unknown) {
  return invalid(
    `Invalid value ${JSON.stringify(value)} for parameter '${name}' supplied. See the API docs for more information about request parameters.`,
  );
}
