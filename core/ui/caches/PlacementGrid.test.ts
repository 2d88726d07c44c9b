import { expect, test } from 'vitest';
import { aPlacement } from '../../src/api/testing.ts';
import { mountCodeOf } from './PlacementGrid.tsx';

test('a part is not dragged as code that mounts the whole', () => {
  const selection = { include: ['images/**'], exclude: [] };
  expect(mountCodeOf(aPlacement('scans', 2, 'ready'))).toContain('scans@v2');
  expect(mountCodeOf(aPlacement('scans', 2, 'ready', { selection }))).toBeUndefined();
});
