import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../core/src/api/schemas.ts';
import { write } from '../cli/support.ts';
import { lightningVenv } from '../support/debianVenv.ts';
import { type Home, newHome, root } from '../support/home.ts';
import { mlflowRequirements, toolsVenv } from '../support/venv.ts';

let home: Home;
let digest: string;
const suite = join(root, 'test', 'run', 'frameworks');

beforeAll(async () => {
  home = await newHome();
  const points = Array.from({ length: 128 }, (_, n) => [(n % 16) / 16, n / 128]);
  const rows = points.map(([x = 0, y = 0]) => `${x},${y},${2 * x - y}\n`);
  const work = await write(home.path('points'), { 'points.csv': rows.join('') });
  await home.json('-C', work, 'data', 'init', 'points');
  await home.json('-C', work, 'data', 'sync');
  [{ digest }] = await home.json<[{ digest: string }]>('data', 'log', 'points');
});
afterAll(() => home?.remove());

interface Found {
  params: Record<string, string>;
  histories: Record<string, [step: number, value: number][]>;
  datasets: [name: string, digest: string][];
  artifacts: string[];
  said: unknown;
}

/** Trains within `forebay run`; answers what the model said there, the run, and what MLflow's client finds of it elsewhere. */
async function train(python: string, kind: 'lightning' | 'sklearn') {
  const script = join(suite, `train_${kind}.py`);
  const trained = await home.run('run', '--data', 'points', '--', python, script);
  expect(trained.code, trained.stderr).toBe(0);
  const [run] = await home.json<[Run]>('runs', 'ls', '--last', '1');
  const env = { ...home.env, ...(await home.json<NodeJS.ProcessEnv>('env')) };
  const asked = await promisify(execFile)(python, [join(suite, 'judge.py'), run.id, kind], { env });
  return {
    run,
    said: JSON.parse(trained.stdout.trim().split('\n').at(-1) ?? '') as unknown,
    found: JSON.parse(asked.stdout.trim().split('\n').at(-1) ?? '') as Found,
  };
}

test('Lightning logs itself within a run of a version: what it was told, each epoch, its model', async () => {
  const { python } = await lightningVenv();
  const { run, said, found } = await train(python, 'lightning');
  expect(run).toMatchObject({ state: 'finished', datasets: [{ name: 'points', version: 1, digest }] });
  expect(found.datasets).toEqual([['points', digest]]);
  expect(found.params).toMatchObject({ epochs: '3', lr: '0.1', optimizer_name: 'SGD' });
  const losses = found.histories.loss ?? [];
  expect(losses.map(([step]) => step)).toEqual([0, 1, 2]);
  expect(losses[2]?.[1]).toBeLessThan(losses[0]?.[1] ?? 0);
  expect(found.artifacts).toEqual(expect.arrayContaining(['checkpoints', 'model_summary.txt']));
  expect(found.said).toEqual(said);
}, 240_000);

test('scikit-learn logs itself within a run of a version: what it was told, its scores, its model', async () => {
  const { python } = await toolsVenv('mlflow', mlflowRequirements);
  const { run, said, found } = await train(python, 'sklearn');
  expect(run).toMatchObject({
    state: 'finished',
    datasets: [{ name: 'points', version: 1, digest }, {}, {}],
  });
  expect(found.datasets[0]).toEqual(['points', digest]);
  expect(found.params).toMatchObject({ alpha: '0.5', solver: 'auto' });
  expect(found.histories.training_r2_score).toEqual([[0, expect.closeTo(1, 1)]]);
  expect(found.artifacts).toContain('estimator.html');
  expect(found.said).toEqual(said);
}, 240_000);

/** One that is small; Keras and Hugging Face take minutes and gigabytes to install. */
test('XGBoost logs itself, and its model comes back', async () => {
  const { python } = await toolsVenv('mlflow', mlflowRequirements);
  // What it needs beside itself is MLflow's anyway.
  const beside = await toolsVenv('frameworks', ['--no-deps', 'xgboost-cpu==3.2.0']);
  const ask = 'import sysconfig; print(sysconfig.get_path("purelib"))';
  const { stdout: folder } = await promisify(execFile)(beside.python, ['-c', ask]);
  const variables = await home.json<NodeJS.ProcessEnv>('env');
  const said = await promisify(execFile)(
    python,
    ['-m', 'pytest', '-q', '--tb=short', '-p', 'no:cacheprovider', suite],
    { cwd: home.folder, env: { ...home.env, ...variables, PYTHONPATH: folder.trim() } },
  ).catch((failed: { stdout: string; stderr: string }) => failed);
  expect(said.stdout, said.stderr).toMatch(/^1 passed/m);
}, 240_000);
