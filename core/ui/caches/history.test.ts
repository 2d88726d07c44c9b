import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HistoryEntry } from '../../src/api/schemas.ts';
import { now, secondsAgo } from '../../src/api/testing.ts';
import { bucketsOf } from './buckets.ts';
import { sayEntry } from './sayHistory.ts';

const entry = (more: Partial<HistoryEntry>): HistoryEntry => ({
  id: 1,
  time: secondsAgo(60),
  kind: 'fill',
  outcome: 'done',
  reason: 'person',
  for: null,
  cache: 'local',
  dataset: 'scans',
  version: 1,
  selection: null,
  bytes: 1000,
  moved: 1000,
  seconds: 2,
  problem: null,
  ...more,
});

test.each([
  [{}, 'Cached by a person'],
  [{ reason: 'mount' }, 'Cached for a mount'],
  [{ kind: 'eviction', reason: 'pressure', for: 'mnist@v2' }, 'Pushed out for mnist@v2'],
  [{ kind: 'eviction', reason: 'aged-out' }, 'Aged out'],
  [{ outcome: 'failed', problem: 'The disk is full.' }, 'Filling failed: The disk is full.'],
  [{ kind: 'eviction', outcome: 'cancelled' }, 'Clearing was cancelled'],
] as const)('%j is said as %s', (more, says) => {
  expect(sayEntry(entry(more))).toBe(says);
});

test('the time line loses nothing, whenever it was', () => {
  const entries = fc.array(
    fc.record({
      ago: fc.integer({ min: 0, max: 1e6 }),
      bytes: fc.nat(),
      kind: fc.constantFrom('fill', 'eviction'),
    }),
  );
  fc.assert(
    fc.property(entries, fc.integer({ min: 1, max: 90 }), (some, count) => {
      const all = some.map(({ ago, bytes, kind }) =>
        entry({ time: secondsAgo(ago), bytes, kind: kind as 'fill' }),
      );
      const buckets = bucketsOf(all, now, count);
      const sum = (of: (bucket: (typeof buckets)[number]) => number) =>
        buckets.reduce((total, each) => total + of(each), 0);
      const bytes = (kind: string) =>
        some.filter((each) => each.kind === kind).reduce((total, each) => total + each.bytes, 0);
      expect(buckets).toHaveLength(count);
      expect(sum(({ filled }) => filled)).toBe(bytes('fill'));
      expect(sum(({ cleared }) => cleared)).toBe(bytes('eviction'));
    }),
  );
});
