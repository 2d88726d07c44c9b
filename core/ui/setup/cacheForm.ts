import { ForebayError } from '../../src/api/errors.ts';
import { isName } from '../../src/api/ref.ts';
import type { CacheTest } from '../../src/api/schemas.ts';
import { formatBytes, parseBytes, parseDuration } from '../../src/api/text/units.ts';

/** A number with its unit, or why it isn't one; undefined while nothing is written. */
export type Read = { value: number } | { problem: string } | undefined;

export const readCapacity = (text: string): Read => read(text, parseBytes);
export const readTtl = (text: string): Read => read(text, parseDuration);

function read(text: string, parse: (text: string) => number): Read {
  if (text.trim() === '') return undefined;
  try {
    const value = parse(text);
    return value > 0 ? { value } : { problem: 'More than 0 is needed.' };
  } catch (error) {
    const { message, hint } = ForebayError.from(error);
    return { problem: [message, hint].filter(Boolean).join(' ') };
  }
}

export const problemOf = (read: Read): string | undefined =>
  read && 'problem' in read ? read.problem : undefined;
export const numberOf = (read: Read): number | undefined =>
  read && 'value' in read ? read.value : undefined;

/** What is wrong with a new cache's name. */
export function nameProblem(name: string, names: readonly string[]): string | undefined {
  if (name === '') return undefined;
  if (!isName(name)) {
    return 'Use lower-case letters, digits, dots, hyphens and underscores, beginning with a letter or digit.';
  }
  return names.includes(name) ? `There is a cache '${name}' already.` : undefined;
}

/** '2TB' as `parseBytes` reads it again. */
export const writeBytes = (bytes: number): string => formatBytes(bytes).replace('.0 ', ' ');

/** Seconds as `parseDuration` reads them: '1d', '12h', '90s'. */
export function writeTtl(seconds: number): string {
  for (const [unit, length] of [
    ['w', 604_800],
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
  ] as const) {
    if (seconds % length === 0) return `${seconds / length}${unit}`;
  }
  return `${seconds}s`;
}

export function cacheVerdict({ ok, attached }: CacheTest): string {
  if (!ok) return attached === null ? 'It can’t be a cache as it is.' : 'It does not work as it is.';
  return attached === null ? 'It can be a cache.' : 'It works.';
}
