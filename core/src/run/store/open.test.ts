import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../store/open.ts';
import { addOutput, outputsOf } from '../data/outputs.ts';
import { makeDefaultExperiment } from '../experiments.ts';
import { appendSeries } from '../metric/appendSeries.ts';
import { readChart } from '../metric/chart.ts';
import { chunkOf, chunkSize } from '../metric/chunk.ts';
import { readRun } from '../runs.ts';
import { newRun } from '../testing.ts';
import { migrations } from './migrations.ts';
import { openRuns } from './open.ts';
import type { RunTables } from './tables.ts';

test('a database of runs from before lineage keeps its runs and gets outputs', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'fb-runs-'));
  const file = path.join(folder, 'runs.db');
  const before = await openDatabase<RunTables>(file, migrations.slice(0, 1), '');
  await makeDefaultExperiment(before, 0);
  const run = await newRun(before, 'old');
  await before.destroy();
  const db = await openRuns(file);
  expect((await readRun(db, run)).name).toBe('old');
  const version = { name: 'a', version: 1, digest: 'sha256:00', files: 1, bytes: 1, made: 1 };
  await addOutput(db, { run_id: run, dataset_id: 'd', ...version });
  expect(await outputsOf(db, run)).toMatchObject([version]);
  await db.destroy();
  await rm(folder, { recursive: true });
});

test('series from before there were levels get them, and go on', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'fb-runs-'));
  const file = path.join(folder, 'runs.db');
  const before = await openDatabase<RunTables>(file, migrations.slice(0, 5), '');
  await makeDefaultExperiment(before, 0);
  const runId = await newRun(before);
  const points = Array.from({ length: 21 * chunkSize }, (_, step) => ({
    ...{ step, time: step, value: step % 1000 === 999 ? Number.NaN : Math.sin(step / 40) * step },
  }));
  const last = { step: points.length - 1, time: points.length - 1, value: 0 };
  const metric = { id: 1, run_id: runId, key: 'loss', points: points.length, ...last };
  await before.insertInto('metric').values(metric).execute();
  for (let seq = 0; seq < points.length; seq += chunkSize) {
    const chunk = chunkOf(points.slice(seq, seq + chunkSize));
    await before
      .insertInto('metric_chunk')
      .values({ metric_id: 1, seq, ...chunk })
      .execute();
  }
  await before.destroy();

  const db = await openRuns(file);
  const sizes = await db.selectFrom('metric_level').select(['size', 'seq']).orderBy('size').execute();
  expect(sizes.map(({ size }) => size)).toEqual([1024, 1024, 1024, 1024, 1024, 4096]);
  const more = Array.from({ length: 4096 }, (_, at) => ({
    ...{ step: points.length + at, time: points.length + at, value: at },
  }));
  await appendSeries(db, runId, 'loss', more);
  const all = [...points, ...more];
  const chart = await readChart(db, { id: 1, points: all.length }, { most: 2 });
  const finite = all.map(({ value }) => value).filter(Number.isFinite);
  expect(chart.map(({ gaps }) => gaps).reduce((a, b) => a + b)).toBe(all.length - finite.length);
  expect(Math.max(...chart.map(({ range }) => range?.max ?? 0))).toBe(Math.max(...finite));
  expect(Math.min(...chart.map(({ range }) => range?.min ?? 0))).toBe(Math.min(...finite));
  expect(chart.at(-1)).toMatchObject({ last: 4095, step: { to: all.length - 1 } });
  await db.destroy();
  await rm(folder, { recursive: true });
});
