import { invalid } from '../error.ts';

/** What a client sent, in a body or in the query, read field by field with MLflow's own refusals. */
export class Fields {
  readonly #values: Record<string, unknown>;
  /** Of what these fields are within what was sent, as refusals name it: `metrics[0].`. */
  readonly #place: string;

  constructor(values: Record<string, unknown>, place = '') {
    this.#values = values;
    this.#place = place;
  }

  string(name: string): string {
    return this.#required(name, this.optionalString(name));
  }

  optionalString(name: string): string | undefined {
    const value = this.#value(name);
    if (value === undefined || typeof value === 'string') return value;
    throw this.#wrong(name, value);
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
    throw this.#wrong(name, value);
  }

  /** Milliseconds since 1970, as far as calendars reach (ECMA-262, Time Values and Time Range). */
  time(name: string): number {
    return this.#required(name, this.optionalTime(name));
  }

  optionalTime(name: string): number | undefined {
    const value = this.optionalInteger(name);
    if (value === undefined || (value >= 0 && value <= 8.64e15)) return value;
    throw this.#wrong(name, value);
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.#value(name);
    if (value === undefined || typeof value === 'boolean') return value;
    throw this.#wrong(name, value);
  }

  /** Also "NaN", "Infinity" and "-Infinity", as in protobuf's JSON. */
  double(name: string): number {
    const value = this.#required(name, this.#value(name));
    if (typeof value === 'number') return value;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : undefined;
    if (number !== undefined && (!Number.isNaN(number) || value === 'NaN')) return number;
    throw this.#wrong(name, value);
  }

  strings(name: string): string[] {
    const value = this.#value(name) ?? [];
    // A query holds one value like several.
    const all = Array.isArray(value) ? value : [value];
    if (all.every((each): each is string => typeof each === 'string')) return all;
    throw this.#wrong(name, value);
  }

  /** At least one. */
  someStrings(name: string): string[] {
    const all = this.strings(name);
    return this.#required(name, all.length === 0 ? undefined : all);
  }

  list<T>(name: string, read: (fields: Fields) => T): T[] {
    const value = this.#value(name) ?? [];
    if (!Array.isArray(value) || !value.every(isRecord)) throw this.#wrong(name, value);
    return value.map((each, at) => read(new Fields(each, `${this.#place}${name}[${at}].`)));
  }

  object<T>(name: string, read: (fields: Fields) => T): T {
    const value = this.#required(name, this.#value(name));
    if (!isRecord(value)) throw this.#wrong(name, value);
    return read(new Fields(value, `${this.#place}${name}.`));
  }

  optionalOneOf<T extends string>(name: string, known: readonly T[]): T | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    const found = known.find((each) => each === value);
    if (found === undefined) throw this.#wrong(name, value);
    return found;
  }

  #wrong(name: string, value: unknown) {
    return invalid(
      `Invalid value ${JSON.stringify(value)} for parameter '${this.#place}${name}' supplied:  Hint: Value was of type '${pythonType(value)}'. See the API docs for more information about request parameters.`,
    );
  }

  #value(name: string): unknown {
    return this.#values[name] ?? undefined;
  }

  #required<T>(name: string, value: T | undefined): T {
    if (value !== undefined && value !== '') return value;
    throw invalid(
      `Missing value for required parameter '${this.#place}${name}'. See the API docs for more information about request parameters.`,
    );
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What MLflow's server, which is written in Python, calls the type of a value that came as JSON. */
function pythonType(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return 'dict';
}
