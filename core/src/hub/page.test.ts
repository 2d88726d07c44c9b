import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageOf } from './page.ts';

test('page by page gives every item once, whatever the limit', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string(), { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      (keys, limit) => {
        const items = keys.sort();
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = pageOf(items, (item) => item, { cursor, limit });
          seen.push(...page.items);
          cursor = page.next ?? undefined;
        } while (cursor !== undefined);
        expect(seen).toEqual(items);
      },
    ),
  );
});

test('an item that disappears between two pages hides no other', () => {
  const first = pageOf(['a', 'b', 'c', 'd'], (item) => item, { limit: 2 });
  const second = pageOf(['a', 'c', 'd'], (item) => item, { cursor: first.next ?? '', limit: 2 });
  expect(second.items).toEqual(['c', 'd']);
});

test('a cursor that we did not give out is refused in a sentence', () => {
  expect(() => pageOf(['a'], (item) => item, { cursor: '!!', limit: 2 })).toThrow(/not a cursor/);
});
