import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Home, newHome, outcome, root } from '../support/home.ts';
import { mlflowRequirements, toolsVenv } from '../support/python/venv.ts';
import { freePort } from '../support/servers/ports.ts';
import { MlflowServer } from './forward/mlflowServer.ts';

let home: Home;
beforeAll(async () => {
  home = await newHome();
});
afterAll(() => home?.remove());

/** Runs the cases of MLflow's client against a server; answers what pytest said, and its last line. */
async function runCases(variables: NodeJS.ProcessEnv, ...options: string[]): Promise<string> {
  const { python } = await toolsVenv('mlflow', mlflowRequirements);
  const suite = join(root, 'test', 'run', 'mlflow');
  const said = await promisify(execFile)(
    python,
    ['-m', 'pytest', '-q', '--tb=short', '-p', 'no:cacheprovider', suite, ...options],
    { cwd: home.folder, env: { ...home.env, ...variables, MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' } },
  ).catch((failed: { stdout: string; stderr: string }) => failed);
  expect(said.stdout, said.stderr).not.toMatch(/\b(failed|errors?)\b/);
  return said.stdout.trim().split('\n').at(-1) ?? '';
}

test("MLflow's own client logs, searches and reads here as on its own server", async () => {
  expect(await runCases(await home.json<NodeJS.ProcessEnv>('env'))).toMatch(/^\d+ passed in/);
}, 300_000);

test("the same cases are true of MLflow's own server, but for the differences that are written down", async () => {
  const { python } = await toolsVenv('mlflow', mlflowRequirements);
  const server = new MlflowServer(python, home.path('mlflow'), await freePort());
  await server.start();
  const variables = { MLFLOW_TRACKING_URI: server.url, MLFLOW_TRACKING_TOKEN: 'any', MLFLOW_ITSELF: '1' };
  // What a framework logs says nothing of the server that the others don't, and 65 MB keep this one busy for ten seconds.
  const summary = await runCases(variables, '-k', 'not scikit and not can_be_held').finally(() =>
    server.kill(),
  );
  expect(summary).toMatch(/^\d+ passed, 2 deselected, \d+ xfailed in/);
}, 300_000);

test('a hub in the foreground answers clients that can send no token, on this machine alone', async () => {
  const { python } = await toolsVenv('mlflow', mlflowRequirements);
  const child = home.spawn([
    'hub',
    '--listen',
    '127.0.0.1:0',
    '--database',
    'team/runs.db',
    '--auth',
    'none',
  ]);
  const ended = outcome(child);
  const [line] = (await once(child.stderr as Readable, 'data')) as [string];
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
  const script = `import mlflow
with mlflow.start_run(): mlflow.log_metric("a", 1)
print(len(mlflow.search_runs()))`;
  const { stdout } = await promisify(execFile)(python, ['-c', script], {
    cwd: home.folder,
    env: { ...process.env, MLFLOW_TRACKING_URI: url },
  });
  expect(stdout.trim().split('\n').at(-1)).toBe('1');
  const fromPage = await fetch(`${url}/version`, { headers: { origin: 'http://evil.example' } });
  expect(fromPage.status).toBe(403);
  child.kill('SIGINT');
  expect((await ended).code).toBe(0);
  const refused = await home.run('hub', '--listen', '0.0.0.0:5000', '--database', 'x.db');
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('answers this machine alone')]);
}, 120_000);
