import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitName } from './splitName.ts';

test('a name that is split to be shortened in the middle loses nothing', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(splitName(name).join('')).toBe(name);
    }),
  );
  expect(splitName('lung-screening-cohort-b')).toEqual(['lung-screening-', 'cohort-b']);
  expect(splitName('mnist')).toEqual(['mnist', '']);
});
