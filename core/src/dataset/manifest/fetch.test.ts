import { expect, test } from 'vitest';
import { planRanges } from './fetch.ts';
import type { PageRef } from './page.ts';

const page = (object: string, offset: number, length = 5000): PageRef =>
  ({ object, offset, length, hash: `${object}${offset}`, last: '' }) as PageRef;

test("pages of two versions in turn come by one request for each version's object", () => {
  const refs = Array.from({ length: 400 }, (_, at) => page(at % 2 ? 'new' : 'old', at * 5000));
  const ranges = planRanges(refs);
  expect(ranges.map((range) => [range[0]?.object, range.length])).toEqual([
    ['old', 200],
    ['new', 200],
  ]);
});

test('a wide gap, a step back or two megabytes end a request', () => {
  const lengths = (refs: PageRef[]) => planRanges(refs).map((range) => range.length);
  expect(lengths([page('a', 0), page('a', 5000 + 32 * 1024), page('a', 100_000)])).toEqual([2, 1]);
  expect(lengths([page('a', 10_000), page('a', 0)])).toEqual([1, 1]);
  expect(lengths([page('a', 0, 2 ** 20), page('a', 2 ** 20, 2 ** 20), page('a', 2 ** 21)])).toEqual([2, 1]);
});
