import { aPlacement } from '@forebay/core/api/testing';
import { expect, test } from 'vitest';
import { placementsOf } from './placementsOf.ts';

const selection = { include: ['images/**'], exclude: [] };
const part = aPlacement('scans', 2, 'ready', { id: 'part', selection });
const parts = [part, aPlacement('scans', 1, 'ready', { selection })];
const version = { dataset: 'scans', version: 2 };

test('a version of which a part is cached is in a cache: that part is pinned, verified and cleared', () => {
  expect(placementsOf({ placements: [], parts }, version)).toEqual([part]);
  expect(placementsOf({ placements: [], parts: [] }, version)).toEqual([]);
});

test('beside the whole its parts are left alone', () => {
  const whole = aPlacement('scans', 2, 'ready');
  expect(placementsOf({ placements: [whole], parts }, version)).toEqual([whole]);
});
