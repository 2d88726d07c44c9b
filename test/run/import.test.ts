import { execFile } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run, RunImportResult } from '../../core/src/api/schemas.ts';
import { type Home, newHome, root } from '../support/home.ts';
import { mlflowRequirements, toolsVenv } from '../support/python/venv.ts';

/** Writers of event files: the one most people have, and TensorBoard's own, which writes scalars as tensors. */
const tensorboardRequirements = ['tensorboardX==2.6.5', 'tensorboard==2.21.0'];

let home: Home;
let mlflow: string;
beforeAll(async () => {
  home = await newHome();
  ({ python: mlflow } = await toolsVenv('mlflow', mlflowRequirements));
}, 240_000);
afterAll(() => home?.remove());

const script = (name: string) => join(root, 'test', 'run', 'import', name);
const python = async (program: string, name: string, ...args: string[]) =>
  promisify(execFile)(program, [script(name), ...args], {
    cwd: home.folder,
    // MLflow 3 wants to hear that its folders are still wanted.
    env: { ...process.env, MLFLOW_ALLOW_FILE_STORE: 'true', ...(await hub()) },
  });

async function hub(): Promise<NodeJS.ProcessEnv> {
  const { MLFLOW_TRACKING_URI: FOREBAY_URI, ...others } = await home.json<NodeJS.ProcessEnv>('env');
  return { FOREBAY_URI, ...others };
}

const compare = async (uri: string) => JSON.parse((await python(mlflow, 'compare.py', uri)).stdout.trim());
const importing = (...args: string[]) => home.json<RunImportResult>('runs', 'import', ...args);

describe.each([
  ['folder', (path: string) => `file://${path}`, 'mlruns'],
  ['database', (path: string) => `sqlite:///${path}`, 'mlflow.db'],
])("MLflow's %s", (kind, uriOf, name) => {
  let uri: string;
  let path: string;
  beforeAll(async () => {
    path = home.path(kind, name);
    uri = uriOf(path);
    await mkdir(home.path(kind));
    await python(mlflow, 'write_store.py', uri);
  }, 120_000);

  test('is shown first: a dry run counts everything and writes nothing', async () => {
    const before = await home.json<Run[]>('runs', 'ls');
    const plan = await importing(path, '--dry-run');
    expect(plan).toMatchObject({ dryRun: true, runs: { new: 7 }, models: { new: 1 }, points: 711 });
    expect(await home.json<Run[]>('runs', 'ls')).toEqual(before);
  });

  test('is here run by run, point by point, file by file', async () => {
    expect(await importing(path)).toMatchObject({
      kind: `MLflow ${kind}`,
      runs: { new: 7, updated: 0, unchanged: 0, refused: 0 },
      points: 711,
      artifacts: { files: 2 },
      problems: { count: 0 },
    });
    expect(await compare(uri)).toEqual({ runs: 7, points: 711, files: 2, models: 1 });
  }, 120_000);

  test('changes nothing when it is imported again, and says so', async () => {
    const said = await home.run('runs', 'import', path);
    expect(said.stdout).toMatch(/^Nothing changed: all 7 runs of MLflow/);
    expect(await compare(uri)).toEqual({ runs: 7, points: 711, files: 2, models: 1 });
  }, 120_000);

  test('is brought up to date where it went on', async () => {
    await python(mlflow, 'write_store.py', uri, 'more');
    expect(await importing(uri)).toMatchObject({
      runs: { new: 1, updated: 1, unchanged: 6, refused: 0 },
      points: 599,
      artifacts: { files: 1 },
    });
    expect(await compare(uri)).toEqual({ runs: 8, points: 1310, files: 3, models: 1 });
  }, 120_000);
});

describe("TensorBoard's event files", () => {
  let writer: string;
  let values: [step: number, value: number][];
  const folder = () => home.path('board');
  const runs = async () => {
    const all = await home.json<Run[]>('runs', 'ls', '--experiment', 'board');
    return new Map(all.map((run) => [run.name, run]));
  };
  const history = async (id: string, key: string) => {
    const code = `import os; from mlflow import MlflowClient
for m in MlflowClient(os.environ["FOREBAY_URI"]).get_metric_history("${id}", "${key}"): print(m.step, m.timestamp, repr(m.value))`;
    const { stdout } = await promisify(execFile)(mlflow, ['-c', code], {
      env: { ...process.env, ...(await hub()) },
    });
    return stdout.trim().split('\n');
  };
  const expected = () =>
    values.map(([step, value]) => {
      const text = Number.isInteger(value) ? `${value}.0` : String(value);
      return `${step} ${(1_700_000_000 + step) * 1000} ${text.replace('e-', 'e-0').replace(/e-0(\d\d)/, 'e-$1')}`;
    });
  const fileOf = (run: string) => {
    const [name = ''] = readdirSync(join(folder(), run)).filter((each) => each.includes('tfevents'));
    return join(folder(), run, name);
  };

  beforeAll(async () => {
    ({ python: writer } = await toolsVenv('tensorboard', tensorboardRequirements));
    values = JSON.parse((await python(writer, 'write_events.py', folder())).stdout);
  }, 240_000);

  test('are runs with every scalar, whether it was written as a number or as a tensor', async () => {
    const said = await importing(folder());
    expect(said).toMatchObject({ kind: 'TensorBoard folder', runs: { new: 4 }, points: 803 });
    expect(said.problems.some.join()).toMatch(
      /2 tags hold images, histograms.*\(weights, note\/text_summary\)/,
    );
    const found = await runs();
    expect([...found.keys()].sort()).toEqual(['nested/tensors', 'plain', 'tuned', 'tuned/trial']);
    expect(await history(found.get('plain')?.id ?? '', 'loss/train')).toEqual(expected());
    expect(await history(found.get('nested/tensors')?.id ?? '', 'accuracy')).toEqual(expected());
    expect(await history(found.get('plain')?.id ?? '', 'odd')).toEqual([
      '1 1700000001000 nan',
      '1099511627776 1700000002000 inf',
    ]);
    expect(found.get('tuned/trial')).toMatchObject({
      state: 'finished',
      params: { lr: '0.1', name: 'cnn', wide: 'True' },
    });
    expect(found.get('tuned/trial')?.metrics.score?.value).toBe(0.5);
  }, 60_000);

  test('that grew are the same runs, brought up to date; what is cut off at their end comes later', async () => {
    const first = (await runs()).get('plain')?.id;
    values.push(...JSON.parse((await python(writer, 'write_events.py', folder(), 'more')).stdout));
    const newest = join(folder(), 'plain', readdirSync(join(folder(), 'plain')).sort().at(-1) ?? '');
    const whole = readFileSync(newest);
    writeFileSync(newest, whole.subarray(0, -20));
    expect(await importing(folder())).toMatchObject({ runs: { updated: 1, unchanged: 3 }, points: 99 });
    writeFileSync(newest, whole);
    expect(await importing(folder())).toMatchObject({ runs: { updated: 1, unchanged: 3 }, points: 1 });
    expect((await runs()).get('plain')?.id).toBe(first);
    expect(await history(first ?? '', 'loss/train')).toEqual(expected());
    expect(await importing(folder())).toMatchObject({ runs: { updated: 0, unchanged: 4 }, points: 0 });
  }, 60_000);

  test('with a damaged record are read around it, and it is named', async () => {
    const bytes = readFileSync(fileOf('nested/tensors'));
    // Within the data of a record in the middle: its length is whole.
    bytes[bytes.indexOf('accuracy', Math.floor(bytes.length / 2))] = 0x58;
    await mkdir(home.path('damaged', 'one'), { recursive: true });
    writeFileSync(home.path('damaged', 'one', 'events.out.tfevents.1'), bytes);
    const said = await importing(home.path('damaged'));
    expect(said).toMatchObject({ runs: { new: 1 }, points: 399, problems: { count: 1 } });
    expect(said.problems.some[0]).toMatch(
      /events\.out\.tfevents\.1: record \d+ at byte \d+ is damaged, and was left out/,
    );
    appendFileSync(home.path('damaged', 'one', 'events.out.tfevents.1'), 'nonsense that is no record');
    expect((await importing(home.path('damaged'))).problems.some[1]).toMatch(
      /it and what follows were left out/,
    );
  });
});
