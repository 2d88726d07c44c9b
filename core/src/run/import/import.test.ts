import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countRunning } from '../execution.ts';
import { markLost } from '../lost/markLost.ts';
import { readRun } from '../runs.ts';
import { lostImports } from './imported.ts';
import { experimentMeta, ImportHouse, runId, runMeta } from './testing.ts';

let house: ImportHouse;
beforeEach(async () => {
  house = await ImportHouse.make();
  house.write({ '7/meta.yaml': experimentMeta('study') });
});
afterEach(() => house.remove());

const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `${from + at} ${(from + at) / 7} ${from + at}\n`).join('');
const shown = async () =>
  (await house.db.selectFrom('run').select('id').where('stage', '=', 'active').execute()).map(({ id }) => id);

test('cancelled in the middle of a run, it leaves whole runs only, and goes on when it is repeated', async () => {
  house.write({
    [`7/${runId(1)}/meta.yaml`]: runMeta(runId(1)),
    [`7/${runId(1)}/metrics/loss`]: lines(0, 1000),
    [`7/${runId(2)}/meta.yaml`]: runMeta(runId(2)),
    [`7/${runId(2)}/metrics/loss`]: lines(0, 400_000),
    [`7/${runId(2)}/artifacts/a.txt`]: 'a',
  });
  const abort = new AbortController();
  let seen = 0;
  const watch = setInterval(() => {}, 1000);
  const report = () => {
    seen += 1;
    if (seen === 3) abort.abort();
  };
  await expect(house.import({ signal: abort.signal, report })).rejects.toThrow(/abort/i);
  clearInterval(watch);
  expect(await shown()).toEqual([runId(1)]);
  expect(await house.db.selectFrom('run').select('id').execute()).toHaveLength(1);
  expect(await house.import()).toMatchObject({ runs: { new: 1, unchanged: 1 }, points: 400_000 });
  expect(await shown()).toEqual([runId(1), runId(2)]);
});

test('nobody sees a run before all of it is there', async () => {
  house.write({
    [`7/${runId(1)}/meta.yaml`]: runMeta(runId(1)),
    [`7/${runId(1)}/metrics/loss`]: lines(0, 400_000),
  });
  const looks: { points: Promise<number>; shown: Promise<string[]> }[] = [];
  const points = async () =>
    (await house.db.selectFrom('metric').select('points').executeTakeFirst())?.points ?? 0;
  await house.import({ report: () => looks.push({ points: points(), shown: shown() }) });
  const seen = await Promise.all(looks.map(async (look) => [await look.points, await look.shown] as const));
  const half = seen.filter(([count]) => count > 0 && count < 400_000);
  expect(half.length).toBeGreaterThan(0);
  for (const [, ids] of half) expect(ids).toEqual([]);
  expect(await shown()).toEqual([runId(1)]);
});

test('what a crash left half imported is hidden, and is completed by the next import', async () => {
  house.write({
    [`7/${runId(1)}/meta.yaml`]: runMeta(runId(1)),
    [`7/${runId(1)}/metrics/loss`]: lines(0, 9),
  });
  await house.import();
  // As it stands after the first of two writes of points.
  await house.db.updateTable('run').set({ stage: 'deleted' }).execute();
  await house.db.updateTable('imported').set({ seen: '' }).execute();
  await house.db.updateTable('metric').set({ points: 4 }).execute();
  await house.db.deleteFrom('metric_tail').where('seq', '>=', 4).execute();
  expect(await house.import()).toMatchObject({ runs: { new: 1 }, points: 5 });
  expect(await shown()).toEqual([runId(1)]);
});

test('a run that its store calls running, and nobody has written for a day, is lost; written again, it runs', async () => {
  const meta = join(house.store, '7', runId(1), 'meta.yaml');
  house.write({ [`7/${runId(1)}/meta.yaml`]: runMeta(runId(1), { status: '1', end_time: 'null' }) });
  const old = new Date(Date.now() - 3 * 86_400_000);
  utimesSync(meta, old, old);
  await house.import();
  expect(await countRunning(house.db)).toEqual({ recorded: 0, others: 0 });
  expect(await markLost(house.db, Date.now())).toEqual([runId(1)]);
  expect(await lostImports(house.db, [runId(1)])).toEqual(new Set([runId(1)]));
  expect(await readRun(house.db, runId(1))).toMatchObject({ status: 'KILLED', end_time: old.getTime() });
  expect((await house.import()).runs).toMatchObject({ unchanged: 1, updated: 0 });
  house.write({ [`7/${runId(1)}/metrics/loss`]: lines(0, 3) });
  expect((await house.import()).runs).toMatchObject({ updated: 1 });
  expect(await markLost(house.db, Date.now())).toEqual([]);
  expect(await readRun(house.db, runId(1))).toMatchObject({ status: 'RUNNING', end_time: null });
});

test('an id that YAML could read as a number stays as it is written', async () => {
  const id = '1234567890e1234567890123456789012'.slice(0, 32);
  house.write({ [`7/${id}/meta.yaml`]: runMeta(id, { run_name: "'null'", user_id: '007' }) });
  await house.import();
  expect(await readRun(house.db, id)).toMatchObject({ name: 'null', user: '007' });
});

test('all runs go to one experiment where a person names it', async () => {
  house.write({
    '8/meta.yaml': experimentMeta('other'),
    [`7/${runId(1)}/meta.yaml`]: runMeta(runId(1)),
    [`8/${runId(2)}/meta.yaml`]: runMeta(runId(2)),
  });
  expect(await house.import({ experiment: 'all' })).toMatchObject({ experiments: { all: 1, new: 1 } });
  const [first, second] = await Promise.all([1, 2].map((each) => readRun(house.db, runId(each))));
  expect(first?.experiment_id).toBe(second?.experiment_id);
});

test('what was changed here stays where the store says the same as before', async () => {
  house.write({ [`7/${runId(1)}/meta.yaml`]: runMeta(runId(1), { run_name: 'theirs' }) });
  await house.import();
  await house.db.updateTable('run').set({ name: 'mine' }).execute();
  expect((await house.import()).runs.unchanged).toBe(1);
  expect((await readRun(house.db, runId(1))).name).toBe('mine');
  writeFileSync(join(house.store, '7', runId(1), 'meta.yaml'), runMeta(runId(1), { run_name: 'renamed' }));
  await house.import();
  expect((await readRun(house.db, runId(1))).name).toBe('renamed');
});

test('two stores side by side are told apart, and an empty folder is none', async () => {
  rmSync(house.store, { recursive: true });
  await expect(house.import({ path: house.home })).rejects.toMatchObject({ code: 'bad-request' });
  await expect(house.import()).rejects.toMatchObject({ code: 'source-unknown' });
});
