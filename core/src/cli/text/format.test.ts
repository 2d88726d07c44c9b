import { expect, test } from 'vitest';
import { formatChange, formatUntil, printable } from './format.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const before = (seconds: number) => new Date(now - seconds * 1000).toISOString();

test('what never ages out has no time left, what is due has none either', () => {
  expect(formatUntil(null, now)).toBe('');
  expect(formatUntil(before(1), now)).toBe('now');
  expect(formatUntil(before(-22.4 * 3600), now)).toBe('22 h');
});

test('a path never breaks its line or colours the terminal', () => {
  expect(printable('a\nb\tc\u001b[31m\u009b.png')).toBe('a\\nb\\tc\\x1b[31m\\x9b.png');
  expect(printable('Ünïcode ✓ "q"')).toBe('Ünïcode ✓ "q"');
});

test('a change is counted with its signs', () => {
  expect(formatChange({ added: 1204, changed: 0, removed: 3 })).toBe('+1,204 ~0 -3');
});
