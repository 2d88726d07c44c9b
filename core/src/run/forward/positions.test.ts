import { expect, test } from 'vitest';
import { logBatch } from '../log.ts';
import { newRun, newRuns } from '../testing.ts';
import { keepPositions, nextPoints } from './positions.ts';
import { setTarget } from './target.ts';
import { noteProblem, unsettle, unsettledRuns } from './waiting.ts';

const points = (key: string, from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => ({ key, step: from + at, time: from + at, value: at / 7 }));

test('every point is sent once and in its order, a thousand at a time, also while the run goes on', async () => {
  const db = await newRuns();
  const run = await newRun(db);
  const log = async (...metrics: ReturnType<typeof points>) =>
    logBatch(db, run, { metrics, params: [], tags: [] });
  for (let from = 0; from < 2600; from += 650) await log(...points('loss', from, from + 650));
  const sent: Record<string, number[]> = { loss: [], late: [] };
  for (let round = 0; ; round += 1) {
    const batch = await nextPoints(db, run);
    if (batch === undefined) break;
    expect(batch.points.length).toBeLessThanOrEqual(1000);
    // Not written down: the daemon died before. The next one gets the same again.
    if (round === 1) expect(await nextPoints(db, run)).toEqual(batch);
    await keepPositions(db, batch.positions);
    for (const { key, step } of batch.points) sent[key]?.push(step);
    if (round === 1) await log(...points('loss', 2600, 2700), ...points('late', 0, 300));
  }
  expect(sent.loss).toEqual(Array.from({ length: 2700 }, (_, step) => step));
  expect(sent.late).toEqual(Array.from({ length: 300 }, (_, step) => step));
  await db.destroy();
});

test('only runs from after the server was named go there, and each until it is whole', async () => {
  const db = await newRuns();
  const ids = async () => (await unsettledRuns(db)).map(({ id }) => id);
  const before = await newRun(db, 'before');
  await setTarget(db, 'https://one', 1);
  const after = await newRun(db, 'after');
  expect(await ids()).toEqual([after]);
  // The same server once more begins nothing anew; another one does.
  await db
    .insertInto('forwarded_run')
    .values({ run_id: after, remote_id: 'r', remote_artifacts: null, sent: '{}', settled: 1, problem: null })
    .execute();
  await setTarget(db, 'https://one', 2);
  expect(await ids()).toEqual([]);
  await unsettle(db, [before, after]);
  expect(await ids()).toEqual([after]);
  await noteProblem(db, after, 'no');
  await setTarget(db, 'https://two', 3);
  expect(await ids()).toEqual([]);
  const imported = await newRun(db, 'imported');
  await db
    .insertInto('imported')
    .values({ id: imported, source: '/x', seen: 'y', last_written: 0, lost: 0 })
    .execute();
  expect(await ids()).toEqual([]);
  await db.destroy();
});
