import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../core/src/api/schemas.ts';
import { write } from '../cli/support.ts';
import { type Home, newHome, outcome, root } from '../support/home.ts';
import { torchVenv } from '../support/python/torchVenv.ts';
import { kerasRequirements, mlflowRequirements, toolsVenv } from '../support/python/venv.ts';
import { makeDigits } from '../support/training/training.ts';

let home: Home;
/** Of the first version of each dataset. */
const digests: Record<string, string> = {};
const suite = join(root, 'test', 'run', 'frameworks');

beforeAll(async () => {
  // Of the team's own server, to which nothing of this goes.
  home = await newHome({ MLFLOW_TRACKING_USERNAME: 'ana', MLFLOW_TRACKING_PASSWORD: 'of the team' });
  const points = Array.from({ length: 128 }, (_, n) => [(n % 16) / 16, n / 128]);
  const rows = points.map(([x = 0, y = 0]) => `${x},${y},${2 * x - y}\n`);
  await keep('points', await write(home.path('points'), { 'points.csv': rows.join('') }));
  const { python } = await toolsVenv('mlflow', mlflowRequirements);
  await promisify(execFile)(python, [makeDigits, home.path('digits')]);
  await keep('digits', home.path('digits'));
}, 240_000);
afterAll(() => home?.remove());

async function keep(dataset: string, folder: string): Promise<void> {
  await home.json('-C', folder, 'data', 'init', dataset);
  await home.json('-C', folder, 'data', 'sync');
  const [version] = await home.json<[{ digest: string }]>('data', 'log', dataset);
  digests[dataset] = version.digest;
}

interface Found {
  params: Record<string, string>;
  histories: Record<string, [step: number, value: number][]>;
  datasets: [name: string, digest: string][];
  artifacts: string[];
  said: unknown;
}

/** Trains within `forebay run`; answers what the model said there, the run, and what MLflow's client finds of it elsewhere. */
async function train(
  python: string,
  kind: 'keras' | 'lightning' | 'sklearn' | 'transformers',
  dataset: string,
) {
  const script = join(suite, `train_${kind}.py`);
  const trained = await home.run('run', '--data', dataset, '--', python, script);
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
  const { python } = await torchVenv();
  const { run, said, found } = await train(python, 'lightning', 'points');
  expect(run).toMatchObject({
    state: 'finished',
    datasets: [{ name: 'points', version: 1, digest: digests.points }],
  });
  expect(found.datasets).toEqual([['points', digests.points]]);
  expect(found.params).toMatchObject({ epochs: '3', lr: '0.1', optimizer_name: 'SGD' });
  const losses = found.histories.loss ?? [];
  expect(losses.map(([step]) => step)).toEqual([0, 1, 2]);
  expect(losses[2]?.[1]).toBeLessThan(losses[0]?.[1] ?? 0);
  expect(found.artifacts).toEqual(expect.arrayContaining(['checkpoints', 'model_summary.txt']));
  expect(found.said).toEqual(said);
}, 240_000);

test('scikit-learn logs itself within a run of a version: what it was told, its scores, its model', async () => {
  const { python } = await toolsVenv('mlflow', mlflowRequirements);
  const { run, said, found } = await train(python, 'sklearn', 'points');
  expect(run).toMatchObject({
    state: 'finished',
    datasets: [{ name: 'points', version: 1, digest: digests.points }, {}, {}],
  });
  expect(found.datasets[0]).toEqual(['points', digests.points]);
  expect(found.params).toMatchObject({ alpha: '0.5', solver: 'auto' });
  expect(found.histories.training_r2_score).toEqual([[0, expect.closeTo(1, 1)]]);
  expect(found.artifacts).toContain('estimator.html');
  expect(found.said).toEqual(said);
}, 240_000);

test('Keras logs itself within a run of a version: how it learns, each epoch, its model', async () => {
  const { python } = await toolsVenv('keras', kerasRequirements);
  const { run, said, found } = await train(python, 'keras', 'digits');
  expect(run).toMatchObject({ state: 'finished' });
  expect(found.datasets).toContainEqual(['digits', digests.digits]);
  expect(found.params).toMatchObject({ epochs: '3', batch_size: '64', optimizer_name: 'adam' });
  const accuracy = found.histories.val_accuracy ?? [];
  expect(accuracy.map(([step]) => step)).toEqual([0, 1, 2]);
  expect(accuracy[2]?.[1]).toBeGreaterThan(0.8);
  expect(found.artifacts).toContain('model_summary.txt');
  expect(found.said).toEqual(said);
}, 240_000);

test("Hugging Face's trainer logs itself within a run of a version: its settings, each epoch, what it saved", async () => {
  const { python } = await torchVenv();
  const { run, said, found } = await train(python, 'transformers', 'digits');
  expect(run).toMatchObject({ state: 'finished' });
  expect(found.datasets).toEqual([['digits', digests.digits]]);
  expect(found.params).toMatchObject({ hidden_size: '16', learning_rate: '0.01', num_train_epochs: '3' });
  const accuracy = found.histories.eval_accuracy ?? [];
  expect(accuracy.map(([step]) => step)).toEqual([30, 60, 90]);
  expect(accuracy[2]?.[1]).toBeGreaterThan(accuracy[0]?.[1] ?? 1);
  expect(found.artifacts).toEqual(expect.arrayContaining(['config.json', 'model.safetensors']));
  expect(found.said).toEqual(said);
}, 240_000);

test('XGBoost logs itself within a run of a version, and its model comes back', async () => {
  const { python } = await toolsVenv('mlflow', mlflowRequirements);
  // What it needs beside itself is MLflow's anyway.
  const beside = await toolsVenv('frameworks', ['--no-deps', 'xgboost-cpu==3.2.0']);
  const ask = 'import sysconfig; print(sysconfig.get_path("purelib"))';
  const { stdout: folder } = await promisify(execFile)(beside.python, ['-c', ask]);
  const pytest = [python, '-m', 'pytest', '-q', '--tb=short', '-p', 'no:cacheprovider', suite];
  const env = { PYTHONPATH: folder.trim() };
  const said = await outcome(home.spawn(['run', '--data', 'digits', '--', ...pytest], { env }));
  expect(said.stdout, said.stderr).toMatch(/^1 passed/m);
  const [run] = await home.json<[Run]>('runs', 'ls', '--last', '1');
  expect(run).toMatchObject({
    state: 'finished',
    experiment: { name: 'xgboost' },
    params: { num_class: '10' },
  });
  expect(run.datasets).toContainEqual(expect.objectContaining({ name: 'digits', digest: digests.digits }));
}, 240_000);
