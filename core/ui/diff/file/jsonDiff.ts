import { asWritten } from './writtenNumbers.ts';

/** One place where two JSON documents differ. */
export interface JsonChange {
  kind: 'added' | 'removed' | 'changed';
  /** `layers[2].units`; empty for the whole document. */
  path: string;
  before: unknown;
  after: unknown;
}

/** Places that are listed. */
export const changesMost = 2000;

/**
 * Where two documents differ, in their order, the smallest parts that do. Items of a list are the same item where they
 * have the same `id`, `key` or `name`, if all have one of their own, else where they stand at the same place.
 */
export function diffJson(before: unknown, after: unknown): JsonChange[] {
  const changes: JsonChange[] = [];
  compare(before, after, '', changes);
  return changes;
}

function compare(before: unknown, after: unknown, path: string, changes: JsonChange[]): void {
  if (changes.length >= changesMost || Object.is(before, after)) return;
  const [old, now] = [partsOf(before, after), partsOf(after, before)];
  if (!old || !now) {
    changes.push({ kind: 'changed', path, before, after });
    return;
  }
  const at = (key: string) => `${path}${Array.isArray(after) ? `[${key}]` : step(key, path)}`;
  for (const [key, value] of old) {
    if (now.has(key)) compare(value, now.get(key), at(key), changes);
    else changes.push({ kind: 'removed', path: at(key), before: value, after: undefined });
  }
  for (const [key, value] of now) {
    if (!old.has(key)) changes.push({ kind: 'added', path: at(key), before: undefined, after: value });
  }
}

/** What a list or object is made of, by key; undefined for anything else, or where the other is of another kind. */
function partsOf(value: unknown, other: unknown): Map<string, unknown> | undefined {
  if (Array.isArray(value) && Array.isArray(other)) {
    const name = ['id', 'key', 'name'].find((each) => areNamed(value, each) && areNamed(other, each));
    return new Map(
      value.map((item, at) => [name ? `${name}=${asWritten(String(item[name]))}` : String(at), item]),
    );
  }
  if (!isObject(value) || !isObject(other)) return undefined;
  return new Map(Object.entries(value));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function areNamed(items: unknown[], name: string): boolean {
  const names = items.map((item) => (isObject(item) ? item[name] : undefined));
  const fit = names.every((each) => typeof each === 'string' || typeof each === 'number');
  return fit && items.length > 0 && new Set(names.map(String)).size === names.length;
}

function step(key: string, path: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `[${JSON.stringify(key)}]`;
  return path === '' ? key : `.${key}`;
}

/** A value in one line, cut off where it is long. */
export function briefJson(value: unknown, most = 200): string {
  const text = value === undefined ? '' : asWritten(JSON.stringify(value));
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
