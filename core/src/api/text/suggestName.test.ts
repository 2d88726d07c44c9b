import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkName } from '../ref.ts';
import { suggestName } from './suggestName.ts';

test.each([
  ['digits', 'digits'],
  ['Chest X-ray (2017)', 'chest-x-ray-2017'],
  ['Röntgen', 'rontgen'],
  ['.cache', 'cache'],
  ['数据', ''],
])('the folder %s suggests %j', (folder, name) => {
  expect(suggestName(folder)).toBe(name);
});

test('whatever it suggests is a good name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (folder) => {
      const name = suggestName(folder);
      if (name !== '') expect(checkName(name)).toBe(name);
    }),
  );
});
