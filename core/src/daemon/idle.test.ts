import { expect, test } from 'vitest';
import { idleSince } from './idle.ts';

const nobody = { open: 0, jobs: 0, leases: 0 };

test('the wait begins when the last one leaves, and starts again when somebody comes', () => {
  expect(idleSince(undefined, nobody, 100)).toBe(100);
  expect(idleSince(100, nobody, 200)).toBe(100);
  for (const use of [{ open: 1 }, { jobs: 1 }, { leases: 1 }]) {
    expect(idleSince(100, { ...nobody, ...use }, 200)).toBeUndefined();
  }
});
