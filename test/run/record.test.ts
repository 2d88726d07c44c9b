import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from '@forebay/core/client';
import { socketPathOf, unixTransport } from '@forebay/core/launch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../core/src/api/schemas.ts';
import { write } from '../cli/support.ts';
import { type Home, newHome, node, outcome } from '../support/home.ts';
import { mlflowRequirements, toolsVenv } from '../support/python/venv.ts';

let home: Home;
beforeAll(async () => {
  home = await newHome();
  const work = await write(home.path('work'), { 'a.txt': 'one', 'b.txt': 'two' });
  await home.json('-C', work, 'data', 'init', 'letters');
  await home.json('-C', work, 'data', 'sync');
});
afterAll(() => home?.remove());

const latest = async () => (await home.json<Run[]>('runs', 'ls', '--last', '1'))[0] as Run;

/** Where a run's artifacts lie. */
const artifactsOf = ({ id, experiment }: Run, ...path: string[]) =>
  home.path('home', 'artifacts', experiment.id, id, 'artifacts', ...path);

/** A repository whose script is `script`, and was another one when it was committed. */
async function newRepository(name: string, script: string): Promise<string> {
  const repository = await write(home.path(name), { 'train.sh': 'echo one' });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: repository });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  await write(repository, { 'train.sh': script });
  return repository;
}

test('a command is recorded: what it was, what it read, what it printed, how it ended', async () => {
  const script = "cat $FOREBAY_PATH/a.txt; echo; echo 'to stderr' >&2; sleep 1; exit 3";
  const said = await home.run('run', '--data', 'letters', '--name', 'first', '--', 'sh', '-c', script);
  expect(said.code).toBe(3);
  expect(said.stdout).toBe('one\n');
  expect(said.stderr).toContain('to stderr\n');
  const run = await latest();
  const { digest } = (await home.json<{ digest: string }[]>('data', 'log', 'letters'))[0] ?? { digest: '' };
  expect(run).toMatchObject({
    name: 'first',
    state: 'failed',
    exitCode: 3,
    command: ['sh', '-c', script],
    folder: home.folder,
    datasets: [{ name: 'letters', version: 1, digest, cache: 'local' }],
  });
  expect(run.metrics['system/run_memory_megabytes']?.value).toBeGreaterThan(0);
  const logs = await home.run('runs', 'logs', 'first');
  expect(logs.stdout.split('\n').sort()).toEqual(['', 'one', 'to stderr']);
  expect((await home.run('runs', 'show', run.id.slice(0, 8))).stdout).toContain('letters@v1');
});

test('what it mounts or clones itself counts as read too', async () => {
  const mount = `"${node}" "${home.program}" mount letters@v1`;
  expect((await home.run('run', '--', 'sh', '-c', mount)).code).toBe(0);
  expect((await latest()).datasets).toMatchObject([{ name: 'letters', version: 1, cache: 'local' }]);
  expect((await home.run('unmount', 'letters@v1')).code).toBe(0);
  const clone = `"${node}" "${home.program}" data clone letters@v1 cloned`;
  expect((await home.run('run', '--', 'sh', '-c', clone)).code).toBe(0);
  expect((await latest()).datasets).toMatchObject([{ name: 'letters', version: 1, cache: null }]);
});

test('the version it reads is kept while it runs, and no longer', async () => {
  const inside = "const {execFileSync: run} = require('node:child_process');";
  const ask = `${inside} process.stdout.write(run(${JSON.stringify(node)}, [${JSON.stringify(home.program)}, 'cache', 'ls', '--json']))`;
  const { stdout } = await home.run('run', '--data', 'letters', '--', node, '-e', ask);
  expect((JSON.parse(stdout) as { leases: number }[])[0]?.leases).toBeGreaterThan(0);
  expect((await home.json<{ leases: number }[]>('cache', 'ls'))[0]?.leases).toBe(0);
});

test('files in its output folder, the code that differs and the environment are kept with it', async () => {
  const script = 'mkdir $FOREBAY_OUTPUT/model; echo weights > $FOREBAY_OUTPUT/model/w.bin';
  const repository = await newRepository('study', script);
  await write(repository, { 'notes/é.txt': 'untracked' });
  const said = await home.run('-C', repository, 'run', '--name', 'kept', '--', 'sh', 'train.sh');
  expect(said.code, said.stderr).toBe(0);
  const top = artifactsOf(await latest());
  expect(readFileSync(`${top}/model/w.bin`, 'utf8')).toBe('weights\n');
  expect(readFileSync(`${top}/forebay/code.diff`, 'utf8')).toContain(`+${script}`);
  expect(readFileSync(`${top}/forebay/untracked/notes/é.txt`, 'utf8')).toBe('untracked');
  expect(JSON.parse(readFileSync(`${top}/forebay/environment.json`, 'utf8'))).toMatchObject({ python: null });
});

test('a run of an experiment that keeps its artifacts elsewhere is recorded whole all the same', async () => {
  const env = await home.json<Record<string, string>>('env');
  const body = JSON.stringify({ name: 'far', artifact_location: 's3://bucket/far' });
  const headers = {
    Authorization: `Bearer ${env.MLFLOW_TRACKING_TOKEN}`,
    'Content-Type': 'application/json',
  };
  const url = `${env.MLFLOW_TRACKING_URI}/api/2.0/mlflow/experiments/create`;
  expect((await fetch(url, { method: 'POST', body, headers })).status).toBe(200);
  const command = ['sh', '-c', 'echo weights > $FOREBAY_OUTPUT/w.bin'];
  const said = await home.run('run', '--experiment', 'far', '--name', 'there', '--', ...command);
  expect([said.code, said.stderr]).toEqual([0, expect.not.stringContaining('Not all')]);
  const { id } = await latest();
  const client = new Client(unixTransport(socketPathOf(home.state, home.env)));
  const { items, elsewhere } = await client.runs.artifacts(id);
  expect(items.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['w.bin', 'forebay/environment.json']),
  );
  expect(elsewhere).toBe(`s3://bucket/far/${id}/artifacts`);
});

test('names of files that are odd elsewhere are kept; what is refused stays in the folder, and the end is told', async () => {
  const names = ['a+b c[1]&d#e?f%2e', '-rf', '..x', 'two\nlines', 'ab:c', "it's"];
  const script = (all: string[]) =>
    `const { FOREBAY_OUTPUT: to } = process.env; for (const name of ${JSON.stringify(all)}) require('node:fs').writeFileSync(to + '/' + name, name)`;
  const said = await home.run('run', '--name', 'odd', '--', node, '-e', script(names));
  expect(said.code, said.stderr).toBe(0);
  const kept = readdirSync(artifactsOf(await latest())).filter((name) => name !== 'forebay');
  expect(kept.sort()).toEqual(names.sort());
  const refused = await home.run(
    'run',
    '--name',
    'refused',
    '--',
    node,
    '-e',
    script(['..\\..\\up', 'fine']),
  );
  const [, folder = ''] = /Its output files stay in (\S+)\./.exec(refused.stderr) ?? [];
  expect(readdirSync(folder).sort()).toEqual(['..\\..\\up', 'fine']);
  expect(await latest()).toMatchObject({ name: 'refused', state: 'finished', exitCode: 0 });
  expect(readdirSync(artifactsOf(await latest())).sort()).toEqual(['fine', 'forebay']);
});

test('what the GPUs do is recorded as far as their driver tells, from what it was seen to print', async () => {
  const PATH = [join(import.meta.dirname, 'gpu'), home.env.PATH].join(delimiter);
  const child = home.spawn(['run', '--name', 'gpus', '--', 'sleep', '1'], { env: { PATH } });
  expect((await outcome(child)).code).toBe(0);
  const run = await latest();
  const used = Object.entries(run.metrics).filter(([key]) => key.includes('gpu'));
  expect(Object.fromEntries(used.map(([key, { value }]) => [key, value]))).toEqual({
    'system/gpu_0_utilization_percentage': 87,
    'system/gpu_0_memory_usage_megabytes': (40_536 * 2 ** 20) / 1e6,
    'system/gpu_0_memory_usage_percentage': (40_536 / 81_559) * 100,
    'system/gpu_0_power_usage_watts': 523.41,
    'system/gpu_1_memory_usage_megabytes': (120 * 2 ** 20) / 1e6,
    'system/gpu_1_memory_usage_percentage': (120 / 2001) * 100,
  });
  expect(JSON.parse(readFileSync(artifactsOf(run, 'forebay', 'environment.json'), 'utf8'))).toMatchObject({
    gpus: ['NVIDIA H100 80GB HBM3', 'NVIDIA GeForce GT 710'],
    driver: { version: '550.54.15', cuda: '12.4' },
  });
});

test('a run whose runner is killed is soon lost, and keeps the code that it began with', async () => {
  const repository = await newRepository('killed', 'echo begun; exec sleep 60');
  await write(repository, { 'notes.txt': 'untracked' });
  const child = home.spawn(['-C', repository, 'run', '--name', 'killed', '--', 'sh', 'train.sh']);
  const ended = outcome(child);
  await expect.poll(async () => (await latest()).name, { timeout: 20_000 }).toBe('killed');
  const run = await latest();
  // While it runs; what changes from now on is not its code.
  const kept = () => existsSync(artifactsOf(run, 'forebay', 'environment.json'));
  await expect.poll(kept, { timeout: 20_000 }).toBe(true);
  await write(repository, { 'train.sh': 'echo later' });
  const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ');
  child.kill('SIGKILL');
  for (const pid of children) process.kill(Number(pid), 'SIGKILL');
  await ended;
  const state = async () => (await home.json<Run>('runs', 'show', run.id)).state;
  await expect.poll(state, { timeout: 40_000, interval: 500 }).toBe('lost');
  expect(readFileSync(artifactsOf(run, 'forebay', 'code.diff'), 'utf8')).toContain('+echo begun');
  expect(readFileSync(artifactsOf(run, 'forebay', 'untracked', 'notes.txt'), 'utf8')).toBe('untracked');
}, 90_000);

test('output is seen while it is written', async () => {
  const child = home.spawn(['run', '--name', 'slow', '--', 'sh', '-c', 'echo early; sleep 4; echo late']);
  const ended = outcome(child);
  let early = '';
  for (const deadline = Date.now() + 3500; early === '' && Date.now() < deadline; await delay(100)) {
    const logs = await home.run('runs', 'logs', 'slow');
    early = logs.stdout;
  }
  expect(early).toBe('early\n');
  expect((await home.run('runs', 'logs', 'slow', '--follow')).stdout).toBe('early\nlate\n');
  expect((await ended).code).toBe(0);
});

test('a daemon that dies under a run costs nothing of it', async () => {
  const child = home.spawn([
    'run',
    '--name',
    'survivor',
    '--',
    'sh',
    '-c',
    'for i in 1 2 3 4 5 6; do echo $i; sleep 0.5; done',
  ]);
  const ended = outcome(child);
  await delay(1200);
  const { pid } = await home.json<{ pid: number }>('status');
  process.kill(pid, 'SIGKILL');
  await delay(500);
  await home.run('status');
  expect((await ended).code).toBe(0);
  expect((await latest()).state).toBe('finished');
  expect((await home.run('runs', 'logs', 'survivor')).stdout).toBe('1\n2\n3\n4\n5\n6\n');
});

test('who stops reading, and what a command leaves running, hold nothing up', async () => {
  const forebay = `"${node}" "${home.program}" run --name piped --`;
  const flood = 'for i in $(seq 20000); do echo a line that nobody reads; done; sleep 60 & exit 4';
  const began = performance.now();
  const child = spawn('sh', ['-c', `${forebay} sh -c '${flood}' | head -1`], {
    cwd: home.folder,
    env: home.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(await outcome(child)).toMatchObject({ stdout: 'a line that nobody reads\n' });
  await expect.poll(async () => (await latest()).state, { timeout: 20_000 }).toBe('failed');
  expect(performance.now() - began).toBeLessThan(40_000);
  const { exitCode, id } = await latest();
  expect(exitCode).toBe(4);
  expect((await home.run('runs', 'logs', id)).stdout.split('\n')).toHaveLength(20_001);
});

test('a line without end is cut with a note, and the daemon stays small', async () => {
  const line =
    "const b = Buffer.alloc(1e6, 120); for (let i = 0; i < 300; i++) require('node:fs').writeSync(1, b);";
  const child = spawn(
    'sh',
    ['-c', `"${node}" "${home.program}" run --name line -- "${node}" -e "${line}" >/dev/null`],
    {
      cwd: home.folder,
      env: home.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const said = await outcome(child);
  expect(said.code, said.stderr).toBe(0);
  const { id } = await latest();
  const kept = readFileSync(home.path('home', 'output', `${id}.log`));
  expect(kept.length).toBeLessThan(100_000_100);
  expect(kept.subarray(-80).toString()).toContain(
    '[forebay: what follows is not recorded: more than 100 MB]',
  );
  const { pid } = await home.json<{ pid: number }>('status');
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  expect(Number(kilobytes)).toBeLessThan(400_000);
}, 60_000);

test('a command that is not there is said, and the run counts as failed', async () => {
  const said = await home.run('run', '--name', 'absent', '--', 'no-such-command');
  expect(said.code).toBe(1);
  expect(said.stderr).toContain("'no-such-command' can't be run");
  expect(await latest()).toMatchObject({ name: 'absent', state: 'failed' });
});

test('code is recorded by its commit', async () => {
  const repository = await write(home.path('code'), { 'train.sh': 'echo trained' });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
      cwd: repository,
      encoding: 'utf8',
    }).trim();
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'first');
  await home.run('-C', repository, 'run', '--', 'sh', 'train.sh');
  const { tags } = await latest();
  expect(tags).toMatchObject({
    'mlflow.source.git.commit': git('rev-parse', 'HEAD'),
    'mlflow.source.git.branch': 'main',
    'forebay.code.changed': '0',
  });
});

test("what a script logs through MLflow's client belongs to its run, with the version it read", async () => {
  const { python } = await toolsVenv('mlflow', mlflowRequirements);
  const script = [
    'import mlflow',
    "mlflow.set_experiment('letters study')",
    'with mlflow.start_run():',
    "    mlflow.log_param('depth', 3)",
    '    for step in range(3):',
    "        mlflow.log_metric('loss', 1 / (step + 1), step=step)",
    "    with mlflow.start_run(nested=True, run_name='inner'):",
    "        mlflow.log_metric('inner', 1)",
  ].join('\n');
  await write(home.folder, { 'train.py': script });
  const said = await home.run('run', '--data', 'letters', '--name', 'outer', '--', python, 'train.py');
  expect(said.code, said.stderr).toBe(0);
  const runs = await home.json<Run[]>('runs', 'ls', '--experiment', 'letters study');
  expect(runs.map(({ name }) => name).sort()).toEqual(['inner', 'outer']);
  const outer = runs.find(({ name }) => name === 'outer') as Run;
  const inner = runs.find(({ name }) => name === 'inner') as Run;
  expect(outer).toMatchObject({ state: 'finished', exitCode: 0, params: { depth: '3' } });
  expect(outer.metrics.loss).toMatchObject({ value: 1 / 3, step: 2 });
  expect((await home.run('runs', 'show', outer.id)).stdout).toMatch(/metric loss .*█▃▁ 0\.333/);
  expect(inner.tags['mlflow.parentRunId']).toBe(outer.id);
  for (const { datasets } of runs) expect(datasets).toMatchObject([{ name: 'letters', version: 1 }]);
}, 240_000);

test('parameters are declared, read from a file, and seen among the arguments; the script is right about those', async () => {
  const { python } = await toolsVenv('mlflow', mlflowRequirements);
  const script = [
    'import mlflow',
    "mlflow.log_params({'depth': 5, 'lr': 0.001, 'own': 'x'})",
    'try:',
    "    mlflow.log_param('optim.eps', 2)",
    'except mlflow.MlflowException as refused:',
    '    print(refused)',
  ].join('\n');
  const file = 'lr: 1e-3\nseed: 1\noptim: {eps: 1}\n';
  await write(home.folder, { 'declared.py': script, 'params.yaml': file });
  const command = [python, 'declared.py', '--depth', '3', '--batch-size=32', 'model=cnn'];
  const declared = ['--param', 'seed=7', '--params', 'params.yaml'];
  const said = await home.run('run', ...declared, '--name', 'declared', '--', ...command);
  expect(said.code, said.stderr).toBe(0);
  expect(said.stdout).toContain("Changing param values is not allowed. Param with key='optim.eps'");
  const run = await latest();
  expect(run.params).toEqual({
    ...{ lr: '1e-3', seed: '7', 'optim.eps': '1' },
    ...{ depth: '5', own: 'x', batch_size: '32', model: 'cnn' },
  });
  const found = await home.json<Run[]>(
    'runs',
    'ls',
    '--filter',
    "params.depth = '5' and params.model = 'cnn'",
  );
  expect(found.map(({ name }) => name)).toEqual(['declared']);
  const wrong = await home.run('run', '--param', 'lr', '--', 'true');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("'lr' is not a parameter")]);
  const unfit = await home.run('run', '--param', 'lr?=1', '--', 'true');
  expect([unfit.code, unfit.stderr]).toEqual([
    1,
    "forebay: 'lr?' can't be the name of a parameter.\nUse letters, digits, spaces and _ - . : / in it, at most 250 of them, and no / at either end.\n",
  ]);
}, 240_000);

test('the token is for its owner alone, and never among what is recorded', async () => {
  const { MLFLOW_TRACKING_TOKEN: token = '?' } = await home.json<NodeJS.ProcessEnv>('env');
  const { mode } = await import('node:fs').then((fs) => fs.statSync(`${home.state}/tracking.json`));
  expect(mode & 0o777).toBe(0o600);
  expect(readFileSync(`${home.state}/runs.db`).includes(token)).toBe(false);
});
