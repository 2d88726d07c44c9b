import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Home, newHome, root } from '../support/home.ts';
import { mlflowRequirements, toolsVenv } from '../support/venv.ts';

let home: Home;
beforeAll(async () => {
  home = await newHome();
});
afterAll(() => home?.remove());

/** One that is small; Keras, PyTorch and Lightning take minutes and gigabytes to install. */
test('XGBoost logs itself, and its model comes back', async () => {
  const { python } = await toolsVenv('mlflow', mlflowRequirements);
  // What it needs beside itself is MLflow's anyway.
  const beside = await toolsVenv('frameworks', ['--no-deps', 'xgboost-cpu==3.2.0']);
  const ask = 'import sysconfig; print(sysconfig.get_path("purelib"))';
  const { stdout: folder } = await promisify(execFile)(beside.python, ['-c', ask]);
  const variables = await home.json<NodeJS.ProcessEnv>('env');
  const suite = join(root, 'test', 'run', 'frameworks');
  const said = await promisify(execFile)(
    python,
    ['-m', 'pytest', '-q', '--tb=short', '-p', 'no:cacheprovider', suite],
    { cwd: home.folder, env: { ...home.env, ...variables, PYTHONPATH: folder.trim() } },
  ).catch((failed: { stdout: string; stderr: string }) => failed);
  expect(said.stdout, said.stderr).toMatch(/^1 passed/m);
}, 240_000);
