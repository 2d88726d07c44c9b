import { ForebayError } from '../../api/errors.ts';

/** What one label may be: letters and digits of any language, and `._:/ -` between them; 63 characters at most. */
const pattern = /^[\p{L}\p{N}](?:[\p{L}\p{N}._:/ -]{0,61}[\p{L}\p{N}])?$/u;
const most = 50;

/** Sorted, each once. Throws `bad-request`, naming the one that can't be. */
export function checkLabels(labels: readonly string[]): string[] {
  const all = [...new Set(labels.map((label) => label.trim()))].sort();
  const wrong = all.find((label) => !pattern.test(label));
  if (wrong !== undefined) {
    throw new ForebayError(
      'bad-request',
      `'${wrong}' can't be a label.`,
      'Use letters, digits and ._:/ - between them, 63 characters at most.',
    );
  }
  if (all.length > most) {
    throw new ForebayError('bad-request', `A dataset has at most ${most} labels.`, 'Take some away.');
  }
  return all;
}
