import { expect, test } from 'vitest';
import { beat, beginExecution, markLost } from './execution.ts';
import { readRun } from './runs.ts';
import { newRun, newRuns } from './testing.ts';

const execution = { command: ['true'], folder: '/', host: 'here', pid: 1 };

test('a run whose runner falls silent is lost, and goes on when it is heard of again', async () => {
  const db = await newRuns();
  const silent = await newRun(db);
  const alive = await newRun(db);
  const foreign = await newRun(db);
  for (const id of [silent, alive]) await beginExecution(db, id, execution, 1000);
  await beat(db, alive, 50_000);
  expect(await markLost(db, 61_000)).toEqual([]);
  expect(await markLost(db, 61_001)).toEqual([silent]);
  expect(await markLost(db, 61_002)).toEqual([]);
  expect(await readRun(db, silent)).toMatchObject({ status: 'KILLED', end_time: 1000 });
  expect((await readRun(db, alive)).status).toBe('RUNNING');
  expect((await readRun(db, foreign)).status).toBe('RUNNING');
  await beat(db, silent, 70_000);
  expect(await readRun(db, silent)).toMatchObject({ status: 'RUNNING', end_time: null });
  await db.destroy();
});
