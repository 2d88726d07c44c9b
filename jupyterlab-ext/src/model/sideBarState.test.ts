import { expect, test } from 'vitest';
import { readSideBarState, usualState } from './sideBarState.ts';

test('what was kept is as it was', () => {
  const kept = { filter: 'x', cachedOnly: true, expanded: ['a', 'b'], active: 'a@v1' };
  expect(readSideBarState(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
});

test.each([undefined, null, 7, 'x', [], { filter: 3, cachedOnly: 'yes', expanded: 'a', active: {} }])(
  '%j is as usual',
  (kept) => {
    expect(readSideBarState(kept)).toEqual(usualState);
  },
);
