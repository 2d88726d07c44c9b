import fc from 'fast-check';
import { expect, test } from 'vitest';
import { selectionOf } from '../../src/api/selection.ts';
import { selecting } from '../../src/dataset/selection.ts';
import { globsOfPaths } from './globsOfPaths.ts';

const selects = (paths: readonly string[]) => {
  const selection = selectionOf({ include: globsOfPaths(paths) });
  return selection ? selecting(selection) : () => false;
};
const numbered = (count: number, folder = '') =>
  Array.from({ length: count }, (_, n) => `${folder}scan-${String(n).padStart(6, '0')}.dcm`);

test('names of any letters are taken as they are, few or many', () => {
  const name = fc
    .string({ unit: fc.constantFrom(...'ab,{}[]\\*?!$#.+(|)~ '), minLength: 1, maxLength: 4 })
    .filter((text) => text !== '.' && text !== '..');
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { minLength: 1, maxLength: 12 }),
      fc.constantFrom('', 'images/', '{a,b}$/', 'c\\d/'),
      fc.constantFrom(0, 200),
      (odd, folder, others) => {
        const all = odd.map((each) => `${folder}${each}`);
        const wanted = [...all.filter((_, at) => at % 2 === 0), ...numbered(others, 'others/')];
        const selected = selects(wanted);
        for (const path of [...all, ...numbered(others + 1, 'others/')]) {
          expect(selected({ path, kind: 'file' }), path).toBe(wanted.includes(path));
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('what is below a named folder is selected with it', () => {
  const selected = selects(numbered(300));
  expect(selected({ path: 'scan-000299.dcm/1.png', kind: 'file' })).toBe(true);
  expect(selected({ path: 'scan-000300.dcm/1.png', kind: 'file' })).toBe(false);
});

test('more than the hub takes is refused with what to do', () => {
  expect(globsOfPaths(numbered(200))).toHaveLength(200);
  expect(globsOfPaths(numbered(1000)).length).toBeLessThan(30);
  const each = Array.from({ length: 201 }, (_, n) => `folder-${n}/a`);
  for (const paths of [numbered(1001), each]) {
    expect(() => globsOfPaths(paths)).toThrow(/too many to name one by one/);
  }
});
