import { expect, test } from 'vitest';
import { aPlacement } from '../../src/api/testing.ts';
import { placesOf } from './usePlaces.ts';

test('a part is told apart from the whole, and only once it is there', () => {
  const selection = { include: ['images/**'], exclude: [] };
  const part = aPlacement('scans', 1, 'ready', { selection });
  const filling = aPlacement('scans', 2, 'filling', { selection });
  const places = placesOf([part, filling, aPlacement('scans', 2, 'ready')], []);
  expect(places.levelOf('scans', 1)).toEqual({ kind: 'lake' });
  expect(places.partsOf('scans', 1)).toEqual([part]);
  expect(places.levelOf('scans', 2).kind).toBe('cached');
  expect(places.partsOf('scans', 2)).toEqual([]);
});
