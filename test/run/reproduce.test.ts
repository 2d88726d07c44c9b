import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../core/src/api/schemas.ts';
import { write } from '../cli/support.ts';
import { type Home, newHome, root } from '../support/home.ts';
import { mlflowRequirements, toolsVenv } from '../support/python/venv.ts';

let home: Home;
let python: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: home.path('again') });
const train = (rate: number) =>
  [
    'import os, mlflow, pathlib, subprocess',
    'data = (pathlib.Path(os.environ["FOREBAY_PATH"]) / "a.txt").read_bytes()',
    'extra = pathlib.Path("extra.txt").read_text()',
    `mlflow.log_metric("score", sum(data) * ${rate} + len(extra))`,
    'with mlflow.start_run(nested=True, run_name="fold"):',
    '    mlflow.log_metric("fit", len(extra) + int(subprocess.check_output(["./seven.sh"])))',
    'mlflow.end_run()',
  ].join('\n');

beforeAll(async () => {
  home = await newHome();
  const work = await write(home.path('work'), { 'a.txt': 'one' });
  await home.json('-C', work, 'data', 'init', 'letters');
  await home.json('-C', work, 'data', 'sync');
  ({ python } = await toolsVenv('mlflow', mlflowRequirements));
  await write(home.path('again'), { 'deep/train.py': train(1), '.gitignore': '*.bin' });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  // What ran is neither the commit nor what lies there later.
  const untracked = { 'deep/extra.txt': 'four', 'deep/seven.sh': '#!/bin/sh\necho 7' };
  await write(home.path('again'), { 'deep/train.py': train(2), 'deep/weights.bin': 'ignored', ...untracked });
  chmodSync(home.path('again', 'deep', 'seven.sh'), 0o755);
  const args = ['run', '--data', 'letters@v1', '--experiment', 'again', '--name', 'origin'];
  // As editors name a file.
  const script = home.path('again', 'deep', 'train.py');
  const said = await home.run('-C', home.path('again', 'deep'), ...args, '--', python, script);
  expect(said.code, said.stderr).toBe(0);
  await write(home.path('again'), { 'deep/train.py': 'raise SystemExit(1)', 'deep/extra.txt': 'other' });
}, 240_000);
afterAll(() => home?.remove());

test('a run is done again with the code, the data and the command as they were, and its metrics are the same', async () => {
  const plan = await home.json<{ steps: string[]; warnings: string[] }>('reproduce', 'origin', '--dry-run');
  expect(plan.warnings).toEqual([
    'What git ignores is not recorded, and missing where it runs: deep/weights.bin.',
  ]);
  expect(plan.steps.join('\n')).toMatch(
    /check out commit .* \(3 files\)\nmount letters@v1 .*\nmake a Python 3/,
  );
  const said = await home.run('reproduce', 'origin', '--current-environment');
  expect(said.code, said.stderr).toBe(0);
  expect(said.stdout).toContain('The metrics of origin-again are those of origin.');
  const latest = await home.json<Run[]>('runs', 'ls', '--last', '2');
  expect(latest.map(({ name, experiment }) => [name, experiment.name])).toEqual([
    ['fold', 'again'],
    ['origin-again', 'again'],
  ]);
});

test('what differs is shown, and the exit code says so', async () => {
  const origin = (await home.json<Run[]>('runs', 'ls', '--filter', "run_name = 'origin'"))[0] as Run;
  const top = home.path('home', 'artifacts', origin.experiment.id, origin.id, 'artifacts');
  writeFileSync(`${top}/forebay/untracked/deep/extra.txt`, 'longer than before');
  const said = await home.run('reproduce', 'origin', '--current-environment');
  expect(said.code).toBe(1);
  expect(said.stdout).toMatch(/METRIC +origin +origin-again\nscore +648 +662\nfold: fit +11 +25/);
  writeFileSync(`${top}/forebay/code.diff`, 'somebody wrote into it');
  const refused = await home.run('reproduce', 'origin', '--dry-run');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/no longer whole .*code\.diff/)]);
});

test('packages are installed as they were, and a seeded script has the same results with them', async () => {
  const own = home.path('venv');
  execFileSync(python, ['-m', 'venv', own]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  // What no index has.
  const wheel = home.path('strides-1.0-py3-none-any.whl');
  const source = 'import random\ndef stride(x): return x + random.random()';
  execFileSync(python, [join(root, 'test', 'run', 'make_wheel.py'), wheel, 'strides', source]);
  execFileSync(`${own}/bin/python`, [...pip, 'toolz==0.12.0', wheel]);
  // Logs without MLflow's client, which would take a minute to install.
  const script = [
    'import json, os, random, strides, sys, urllib.request, toolz',
    'random.seed(7)',
    'score = sum(toolz.take(5, toolz.iterate(strides.stride, 1)))',
    'body = {"run_id": os.environ["FOREBAY_RUN_ID"], "key": "score", "value": score, "timestamp": 1, "step": 0}',
    'url = os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/runs/log-metric"',
    'headers = {"Authorization": "Bearer " + os.environ["MLFLOW_TRACKING_TOKEN"]}',
    'asked = urllib.request.Request(url, json.dumps(body).encode(), headers)',
    'urllib.request.urlopen(asked).read()',
    'print(sys.prefix, toolz.__version__)',
  ].join('\n');
  const first = await home.run('run', '--name', 'packed', '--', `${own}/bin/python`, '-c', script);
  expect(first.stdout, first.stderr).toBe(`${own} 0.12.0\n`);
  // What is installed there later counts no more than what is changed in the code.
  execFileSync(`${own}/bin/python`, [...pip, 'toolz==1.0.0']);
  const said = await home.run('reproduce', 'packed', '--tolerance', '0');
  expect(said.code, said.stderr).toBe(0);
  expect(said.stdout).toMatch(/-python 0\.12\.0\n/);
  expect(said.stdout).toContain('The metrics of packed-again are those of packed.');
  const again = (await home.json<Run[]>('runs', 'ls', '--filter', "run_name = 'packed-again'"))[0];
  expect(again?.metrics.score?.value).toBeGreaterThan(5);
  await rm(wheel);
  const refused = await home.run('reproduce', 'packed', '--dry-run');
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringContaining(`can't be installed any more: strides @ file://${wheel}. Run it with`),
  ]);
}, 240_000);

test('what a program recorded of itself is refused beforehand, with what to do', async () => {
  await write(home.folder, { 'block.py': 'import forebay\nwith forebay.run("block"):\n    pass' });
  const PYTHONPATH = join(root, 'jupyterlab-ext', 'kernel');
  execFileSync(python, ['block.py'], { env: { ...home.env, PYTHONPATH }, cwd: home.folder });
  const said = await home.run('reproduce', 'block', '--dry-run');
  expect([said.code, said.stderr]).toEqual([
    1,
    expect.stringContaining(
      'block is a block of block.py, not a command. Start block.py again by forebay run',
    ),
  ]);
});

test('a version that was removed is said before anything is made', async () => {
  const work = await write(home.path('fleeting'), { 'a.txt': 'fleeting' });
  await home.json('-C', work, 'data', 'init', 'fleeting');
  await home.json('-C', work, 'data', 'sync');
  await write(work, { 'a.txt': 'what comes after it' });
  await home.json('-C', work, 'data', 'sync');
  await home.run('run', '--data', 'fleeting@v1', '--name', 'on sand', '--', 'true');
  expect((await home.run('reproduce', 'on sand', '--dry-run')).code).toBe(0);
  const removed = await home.run('data', 'rm', 'fleeting@v1');
  expect(removed.code, removed.stderr).toBe(0);
  for (const dry of [['--dry-run'], ['--into', home.path('into')]]) {
    const said = await home.run('reproduce', 'on sand', ...dry);
    expect([said.code, said.stderr]).toEqual([1, expect.stringContaining('fleeting@v1 was removed')]);
  }
  expect(existsSync(home.path('into'))).toBe(false);
});

test('what was not started by Forebay can not be done again, and the reason is said', async () => {
  const variables = await home.json<NodeJS.ProcessEnv>('env');
  const script = 'import mlflow; mlflow.start_run(run_name="elsewhere"); mlflow.end_run()';
  execFileSync(python, ['-c', script], { env: { ...process.env, ...variables }, cwd: home.folder });
  const said = await home.run('reproduce', 'elsewhere');
  expect([said.code, said.stderr]).toEqual([1, expect.stringContaining('its command is not known')]);
});
