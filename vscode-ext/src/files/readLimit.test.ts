import { expect, test } from 'vitest';
import { tooLarge } from './readLimit.ts';

const file = { dataset: 'digits', version: 2, path: 'models/baseline.pt' };

test('a file that an editor can take is not too large', () => {
  expect(tooLarge(file, 256 * 2 ** 20)).toBeUndefined();
});

test('one that is names itself, its size and the way out', () => {
  const error = tooLarge(file, 3.2e9);
  expect(error?.message).toMatch(/^baseline\.pt has 3\.2 GB;/);
  expect(error?.hint).toBe('Cache digits@v2 and open the file from there, or mount it.');
});
