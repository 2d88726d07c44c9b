import { expect, test } from 'vitest';
import { sortGarbage, sweepAfter } from './sort.ts';

const now = 10 * sweepAfter;
const object = (name: string, modified = 0) => ({ name, size: 1, modified });

test('is named once it is old enough, and deleted a day after that, not sooner', () => {
  const named = new Map([
    ['named today', now - sweepAfter + 1],
    ['named yesterday', now - sweepAfter],
  ]);
  const all = [object('old'), object('new', now - 5), object('named today'), object('named yesterday')];
  expect(sortGarbage(all, named, { now, olderThan: sweepAfter })).toEqual({
    young: [object('new', now - 5)],
    unnamed: [object('old')],
    waiting: [object('named today')],
    due: [object('named yesterday')],
  });
});

test('what a store says was written later than it is now, or never says when, is young', () => {
  const odd = [object('later', now + 5), object('unknown', Number.POSITIVE_INFINITY)];
  expect(sortGarbage(odd, new Map(), { now, olderThan: 0 }).young).toEqual(odd);
});
