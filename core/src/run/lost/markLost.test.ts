import { afterEach, beforeEach, expect, test } from 'vitest';
import { lostTag } from '../../api/run/runTags.ts';
import { beat, beginExecution, endExecution } from '../execution.ts';
import { readRun, updateRun } from '../runs.ts';
import type { RunDatabase } from '../store/open.ts';
import { setTags } from '../tags.ts';
import { newRun, newRuns } from '../testing.ts';
import { viewOf } from '../view.ts';
import { hear, listen } from './hear.ts';
import { markLost } from './markLost.ts';

const execution = { command: ['true'], folder: '/', host: 'here', pid: 1, process: null };
const hour = 3_600_000;
const day = 24 * hour;
let db: RunDatabase;
beforeEach(async () => {
  db = await newRuns();
});
afterEach(() => db.destroy());

const heardAt = (id: string, at: number) => hear(db, new Map([[id, at]]));
const childOf = async (parent: string) => {
  const id = await newRun(db);
  await setTags(db, id, [{ key: 'mlflow.parentRunId', value: parent }]);
  return id;
};
async function stateOf(id: string) {
  const run = await readRun(db, id);
  const why = run.tags.find(({ key }) => key === lostTag)?.value;
  return [viewOf(run, '', { execution: undefined, lost: false }).state, run.end_time, why];
}

test('a run whose runner falls silent is lost, and goes on when it is heard of again', async () => {
  const silent = await newRun(db);
  const alive = await newRun(db);
  for (const id of [silent, alive]) await beginExecution(db, id, execution, 1000);
  await beat(db, alive, 50_000);
  expect(await markLost(db, 61_000)).toEqual([]);
  expect(await markLost(db, 61_001)).toEqual([silent]);
  expect(await markLost(db, 61_002)).toEqual([]);
  expect(await readRun(db, silent)).toMatchObject({ status: 'KILLED', end_time: 1000 });
  expect((await readRun(db, alive)).status).toBe('RUNNING');
  await beat(db, silent, 70_000);
  expect(await readRun(db, silent)).toMatchObject({ status: 'RUNNING', end_time: null });
});

test('a runner that is known to have ended is waited for no longer than two signs of life, one that lives an hour', async () => {
  const [gone, lives] = [await newRun(db), await newRun(db)];
  await beginExecution(db, gone, { ...execution, pid: 7 }, 1000);
  await beginExecution(db, lives, { ...execution, pid: 8 }, 1000);
  const goesOn = async ({ pid }: { pid: number }) => pid === 8;
  expect(await markLost(db, 11_000, goesOn)).toEqual([]);
  expect(await markLost(db, 11_001, goesOn)).toEqual([gone]);
  expect(await markLost(db, 1000 + hour, goesOn)).toEqual([]);
  expect(await markLost(db, 1001 + hour, goesOn)).toEqual([lives]);
});

test('a script that logs by itself is lost after a day of silence, with the reason, and goes on with its next call', async () => {
  const id = await newRun(db);
  await heardAt(id, 5000);
  expect(await markLost(db, 5000 + day)).toEqual([]);
  expect(await markLost(db, 5001 + day)).toEqual([id]);
  expect(await stateOf(id)).toEqual(['lost', 5000, 'Nothing was heard of it for 24 hours.']);
  expect(await heardAt(id, 9000 + day)).toEqual([id]);
  expect(await stateOf(id)).toEqual(['running', null, undefined]);
  expect(await markLost(db, 9000 + 2 * day)).toEqual([]);
});

test('one that says how it ended after all is no longer lost, and what ended stays so', async () => {
  const id = await newRun(db);
  await heardAt(id, 5000);
  await markLost(db, 6000 + day);
  await updateRun(db, id, { status: 'KILLED', endTime: 7000 });
  expect(await stateOf(id)).toEqual(['killed', 7000, undefined]);
  expect(await heardAt(id, 9000 + day)).toEqual([]);
  expect(await stateOf(id)).toEqual(['killed', 7000, undefined]);
});

test('what was started within a run is lost with it, however deep, and with a run whose command has ended', async () => {
  const outer = await newRun(db);
  await beginExecution(db, outer, execution, 1000);
  const inner = await childOf(outer);
  const innermost = await childOf(inner);
  const alone = await newRun(db);
  for (const id of [inner, innermost, alone]) await heardAt(id, 2000);
  expect((await markLost(db, 62_001)).sort()).toEqual([outer, inner, innermost].sort());
  expect((await stateOf(innermost))[0]).toBe('lost');
  expect((await stateOf(alone))[0]).toBe('running');

  const ended = await newRun(db);
  await beginExecution(db, ended, execution, 70_000);
  const left = await childOf(ended);
  await heardAt(left, 70_000);
  await endExecution(db, ended, 0);
  await updateRun(db, ended, { status: 'FINISHED', endTime: 80_000 });
  expect(await markLost(db, 130_001)).toEqual([left]);
  expect(await stateOf(left)).toEqual([
    'lost',
    70_000,
    'The run that it was started in has ended without it.',
  ]);
});

test('what is written meanwhile keeps a run within another one going', async () => {
  const outer = await newRun(db);
  await beginExecution(db, outer, execution, 1000);
  const inner = await childOf(outer);
  await heardAt(inner, 50_000);
  expect(await markLost(db, 62_000)).toEqual([outer]);
  expect((await stateOf(inner))[0]).toBe('running');
});

test('a run that was never heard of since a crash counts from when the daemon listens again', async () => {
  const id = await newRun(db);
  await listen(db, 10_000);
  await listen(db, 20_000);
  expect(await markLost(db, 10_000 + day)).toEqual([]);
  expect(await markLost(db, 10_001 + day)).toEqual([id]);
});
