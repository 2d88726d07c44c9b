import path from 'node:path';
import { invalid } from './error.ts';

/** Lengths in characters, as MLflow limits them (mlflow/utils/validation.py). */
export const longest = { key: 250, param: 6000, tag: 8000, experimentTag: 20_000, experiment: 500 } as const;

/** Letters and digits of every language, as in Python. */
const allowed = /^[/\p{L}\p{N}_.\- :]*$/u;

/** Throws `INVALID_PARAMETER_VALUE` for a name that MLflow's own server refuses. `what`: 'metric', 'parameter', 'tag'. */
export function checkKey(what: string, key: string): void {
  const title = `${what[0]?.toUpperCase()}${what.slice(1)}`;
  if (key === '') throw invalid(`${title} name cannot be empty. A key name must be provided.`);
  if (!allowed.test(key)) {
    throw invalid(
      `Invalid ${what} name: '${key}'. Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).`,
    );
  }
  const plain = path.posix.normalize(key).replace(/(?<=.)\/$/, '');
  if (plain !== key || plain === '.' || plain.startsWith('..') || plain.startsWith('/')) {
    throw invalid(
      `Invalid ${what} name: '${key}'. Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to '${plain}'`,
    );
  }
  checkLength(`${what === 'parameter' ? 'Param' : title} key`, longest.key, key);
}

/** Whether `checkKey` lets a name through. */
export function isKey(what: string, key: string): boolean {
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
  const length = [...value].length;
  if (length <= most) return;
  throw invalid(
    `${what} '${value.slice(0, 250)}' had length ${length}, which exceeded length limit of ${most}`,
  );
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
