import type { PlacementPlan } from '@forebay/core/api/schemas';
import { expect, test } from 'vitest';
import { crowdedCaches } from './crowded.ts';

const plan = (change: Partial<PlacementPlan>) =>
  ({ cache: 'local', state: null, bytes: 40, free: 50, evict: [], ...change }) as PlacementPlan;
const evict = [{ placement: 'p', bytes: 30 }] as PlacementPlan['evict'];

test('two versions that fit alone but not together crowd their cache', () => {
  expect(crowdedCaches([plan({}), plan({})])).toEqual([{ cache: 'local', wanted: 80, room: 50 }]);
  expect(crowdedCaches([plan({}), plan({ cache: 'nvme' })])).toEqual([]);
});

test('what is there or on its way already takes no more room', () => {
  expect(crowdedCaches([plan({}), plan({ state: 'ready' }), plan({ state: 'filling' })])).toEqual([]);
});

test('what is pushed out makes room once, however many plans name it', () => {
  expect(crowdedCaches([plan({ evict }), plan({})])).toEqual([]);
  expect(crowdedCaches([plan({ evict }), plan({ evict }), plan({})])).toEqual([
    { cache: 'local', wanted: 120, room: 80 },
  ]);
});
