import { spawn } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../core/src/api/schemas.ts';
import { findDaemon } from '../../core/src/daemon/launch/index.ts';
import { type Home, newHome, node, outcome, root } from '../support/home.ts';
import { mlflowRequirements, toolsVenv } from '../support/python/venv.ts';

let home: Home;
let python: string;
beforeAll(async () => {
  home = await newHome();
  ({ python } = await toolsVenv('mlflow', mlflowRequirements));
}, 240_000);
afterAll(() => home?.remove());

const daemon = async () => (await findDaemon({ home: home.state, env: home.env }))?.hello.pid;
const goOn = (after: string, folder = home.folder) => writeFile(join(folder, `after-${after}`), '');

async function points(run: Run, key: string): Promise<{ step: number; value: number }[]> {
  const { MLFLOW_TRACKING_URI: url, MLFLOW_TRACKING_TOKEN: token } =
    await home.json<NodeJS.ProcessEnv>('env');
  const answer = await fetch(`${url}/api/2.0/mlflow/metrics/get-history?run_id=${run.id}&metric_key=${key}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { metrics = [] } = (await answer.json()) as { metrics?: { step: number; value: number }[] };
  return metrics;
}

async function kill(): Promise<void> {
  process.kill((await daemon()) ?? Number.NaN, 'SIGKILL');
  await expect.poll(daemon).toBeUndefined();
}

/** As a command, and as a block of a program. */
const recorded = {
  'a script': (folder: string) =>
    home.spawn(['-C', folder, 'run', '--name', 'survivor', '--', python, 'outage.py']),
  'a block': (folder: string) => {
    const block = 'import forebay, runpy\nwith forebay.run("survivor"):\n    runpy.run_path("outage.py")';
    const PYTHONPATH = join(root, 'jupyterlab-ext', 'kernel');
    return spawn(python, ['-c', block], { cwd: folder, env: { ...home.env, PYTHONPATH } });
  },
};

test.each(Object.entries(recorded))(
  "a daemon that is killed costs nothing of what %s logs through MLflow's client",
  async (kind, start) => {
    const folder = home.path(kind);
    await mkdir(folder);
    await copyFile(join(import.meta.dirname, 'outage.py'), join(folder, 'outage.py'));
    const child = start(folder);
    let printed = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      printed += bytes;
    });
    const ended = outcome(child);
    const reached = (what: string) => expect.poll(() => printed, { timeout: 60_000 }).toContain(`${what}\n`);

    // In the middle of its calls; it goes on logging, and nobody starts the daemon.
    await reached('begun');
    await kill();
    await reached('points');
    await goOn('points', folder);
    await reached('kept');
    expect(await daemon()).toBeUndefined();

    // Once it is back, all of it arrives while the script still runs.
    const [run] = await home.json<[Run]>('runs', 'ls', '--last', '1');
    await expect.poll(async () => (await points(run, 'fine')).length, { timeout: 20_000 }).toBe(3000);
    const loss = await points(run, 'loss');
    expect(loss.map(({ step, value }) => [step, value])).toEqual(
      Array.from({ length: 400 }, (_, step) => [step, 1 / (step + 1)]),
    );
    expect((await points(run, 'fine')).map(({ step }) => step)).toEqual(
      Array.from({ length: 3000 }, (_, step) => step),
    );

    // What asks for something starts it again.
    await kill();
    await goOn('kept', folder);
    await reached('asked');
    expect(await daemon()).toBeDefined();
    await goOn('asked', folder);
    const said = await ended;
    expect(said.code, said.stderr).toBe(0);
    const [inner, outer] = await home.json<[Run, Run]>('runs', 'ls', '--last', '2');
    expect(outer).toMatchObject({
      ...{ name: 'survivor', state: 'finished' },
      params: { before: '1', meanwhile: '2' },
      tags: { stage: 'away' },
    });
    expect(inner).toMatchObject({ name: 'inner', metrics: { inner: { value: 3 } } });
    expect(inner.tags['mlflow.parentRunId']).toBe(outer.id);
    const answer = home.path('home', 'artifacts', '0', outer.id, 'artifacts', 'notes', 'answer.txt');
    expect(await readFile(answer, 'utf8')).toBe('the answer');
  },
  180_000,
);

test('what was kept and is refused in the end is said, and nobody else is let in', async () => {
  const script = `
    const { existsSync } = require('node:fs');
    const { MLFLOW_TRACKING_URI: url, MLFLOW_TRACKING_TOKEN: token, FOREBAY_RUN_ID: run_id } = process.env;
    const ask = (path, body, bearer = token) => fetch(url + '/api/2.0/mlflow/runs/' + path, {
      method: 'POST', body: JSON.stringify({ run_id, ...body }), headers: { authorization: 'Bearer ' + bearer },
    }).then(({ status }) => console.log(path, status));
    (async () => {
      await ask('log-parameter', { key: 'lr', value: '0.2' });
      while (!existsSync('after-refused')) await new Promise((resolve) => setTimeout(resolve, 20));
      await ask('log-parameter', { key: 'lr', value: '0.3' });
      await ask('set-tag', { key: 'stage', value: 'kept' });
      await ask('set-tag', { key: 'stage', value: 'stolen' }, 'of nobody');
    })();`;
  const child = home.spawn(['run', '--name', 'firm', '--param', 'lr=0.1', '--', node, '-e', script]);
  let printed = '';
  child.stdout?.on('data', (bytes: Buffer) => {
    printed += bytes;
  });
  const ended = outcome(child);
  await expect.poll(() => printed, { timeout: 20_000 }).toBe('log-parameter 400\n');
  await kill();
  await goOn('refused');
  const said = await ended;
  expect(printed).toBe('log-parameter 400\nlog-parameter 200\nset-tag 200\nset-tag 401\n');
  expect(said.stderr).toMatch(/logged while the daemon was away was refused: .*'lr'/);
  expect(said.stderr).toContain('Not all of firm is recorded.');
  const [run] = await home.json<[Run]>('runs', 'ls', '--last', '1');
  expect(run).toMatchObject({ name: 'firm', params: { lr: '0.1' }, tags: { stage: 'kept' } });
});
