import path from 'node:path';
import { invalid } from './error.ts';

/** Lengths in characters, as MLflow limits them (mlflow/utils/validation.py). */
export const longest = { key: 250, param: 6000, tag: 8000, experimentTag: 20_000, experiment: 500 } as const;

/** Letters and digits of every language, as in Python. */
const allowed = /^[/\p{L}\p{N}_.\- :]*$/u;

/** As MLflow's refusals call the name of each kind, and its length. */
const words = {
  metric: { field: 'name', length: 'Metric name' },
  parameter: { field: 'key', length: 'Param key' },
  tag: { field: 'key', length: 'key' },
} as const;

/** Throws `INVALID_PARAMETER_VALUE`, in MLflow's words, for a name that its own server refuses. */
export function checkKey(what: keyof typeof words, key: string): void {
  const { field, length } = words[what];
  const wrong = (why: string) =>
    invalid(`Invalid value ${JSON.stringify(key)} for parameter '${field}' supplied: ${why}`);
  if (!allowed.test(key)) {
    throw wrong(
      'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).',
    );
  }
  const plain = path.posix.normalize(key).replace(/(?<=.)\/$/, '');
  if (plain !== key || plain === '.' || plain.startsWith('..') || plain.startsWith('/')) {
    throw wrong(
      `Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to '${plain}'`,
    );
  }
  checkLength(length, longest.key, key);
}

/** Whether `checkKey` lets a name through. */
export function isKey(what: keyof typeof words, key: string): boolean {
  try {
    checkKey(what, key);
    return true;
  } catch {
    return false;
  }
}

/** As MLflow's server does with what it can't keep whole. */
export function truncate(most: number, value: string): string {
  return value.length <= most ? value : [...value].slice(0, most).join('');
}

export function checkLength(what: string, most: number, value: string): void {
  if ([...value].length > most) throw invalid(`'${what}' exceeds the maximum length of ${most} characters`);
}

/** A run's name where nobody gave one: two words and a number, easy to say and to tell apart. */
export function inventName(random: () => number = Math.random): string {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? '';
  return `${pick(kinds)}-${pick(waters)}-${Math.floor(random() * 900) + 100}`;
}

const kinds = [
  ...['amber', 'brisk', 'calm', 'clear', 'deep', 'early', 'fair', 'gentle', 'golden', 'grand', 'keen'],
  ...['late', 'lively', 'lucid', 'mild', 'noble', 'pale', 'quick', 'quiet', 'rapid', 'silver', 'steady'],
  ...['still', 'swift', 'tidal', 'upper', 'vivid', 'warm', 'wide', 'young'],
] as const;
const waters = [
  ...['basin', 'bay', 'beck', 'brook', 'canal', 'cascade', 'cove', 'creek', 'delta', 'eddy', 'fall'],
  ...['ford', 'harbour', 'inlet', 'lagoon', 'lake', 'lock', 'marsh', 'mere', 'mill', 'pool', 'rapid'],
  ...['reef', 'river', 'sluice', 'sound', 'spring', 'strait', 'tide', 'weir'],
] as const;
