import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunDatabase } from '../store/open.ts';
import { newRun, newRuns } from '../testing.ts';
import { appendPoints } from './append.ts';

let db: RunDatabase;
beforeAll(async () => {
  db = await newRuns();
});
afterAll(() => db.destroy());

test('a name with every step is refused before a run has more series than anybody can look at', async () => {
  const run = await newRun(db);
  const some = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => ({ key: `loss_${from + at}`, step: 0, time: 0, value: 1 }));
  for (let from = 0; from < 20_000; from += 1000) await appendPoints(db, run, some(from, 1000));
  await expect(appendPoints(db, run, some(20_000, 1))).rejects.toThrow(
    'A run can have at most 20000 metrics. Log the points of a series under one name, each with its step.',
  );
  await appendPoints(db, run, [{ key: 'loss_0', step: 1, time: 1, value: 2 }]);
});
