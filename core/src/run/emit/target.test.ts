import { expect, test } from 'vitest';
import { checkTarget } from './target.ts';

test.each([
  ['/a/../b.jsonl', '/b.jsonl'],
  ['http://127.0.0.1:5000', 'http://127.0.0.1:5000/api/v1/lineage'],
  ['HTTPS://Marquez.example.org/', 'https://marquez.example.org/api/v1/lineage'],
  ['https://example.org/own/path?tenant=1#x', 'https://example.org/own/path?tenant=1'],
])('%s is %s', (text, target) => {
  expect(checkTarget(text)).toBe(target);
});

test.each([
  'relative.jsonl',
  'ftp://example.org',
  'http://',
  'https://user:secret@example.org',
  'https://token@example.org',
  '',
])('%j is refused', (text) => {
  expect(() => checkTarget(text)).toThrow(expect.objectContaining({ code: 'bad-request' }));
});
