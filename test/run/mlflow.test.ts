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

test("MLflow's own client logs, searches and reads here as on its own server", async () => {
  const { python } = await toolsVenv('mlflow', mlflowRequirements);
  const variables = await home.json<NodeJS.ProcessEnv>('env');
  const suite = join(root, 'test', 'run', 'test_mlflow.py');
  const said = await promisify(execFile)(
    python,
    ['-m', 'pytest', '-q', '--tb=short', '-p', 'no:cacheprovider', suite],
    { cwd: home.folder, env: { ...home.env, ...variables, MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' } },
  ).catch((failed: { stdout: string; stderr: string }) => failed);
  expect(said.stdout, said.stderr).toMatch(/^\d+ passed/m);
  expect(said.stdout).not.toMatch(/failed|error/);
}, 300_000);
