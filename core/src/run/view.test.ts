import { expect, test } from 'vitest';
import { sourceIn } from './view.ts';

test('a version that a run read is told by number and cache', () => {
  expect(sourceIn('forebay', '{"version":3,"cache":"local"}')).toEqual({ version: 3, cache: 'local' });
});

test.each([
  ['s3', '{"version":3,"cache":"local"}'],
  ['forebay', 'no json'],
  ['forebay', 'null'],
  ['forebay', '{"version":"3"}'],
  ['forebay', '{"version":1.5}'],
])('what another client wrote as %s, %s, is no version', (type, source) => {
  expect(sourceIn(type, source)).toBeNull();
});
