import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../store/open.ts';
import { makeDefaultExperiment } from '../experiments.ts';
import { addOutput, outputsOf } from '../outputs.ts';
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
