import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Forwarding, Run } from '../../core/src/api/schemas.ts';
import { write } from '../cli/support.ts';
import { type Home, newHome, node, root } from '../support/home.ts';
import { type Fault, startFaultyProxy } from '../support/network/faultyProxy.ts';
import { mlflowRequirements, toolsVenv } from '../support/python/venv.ts';
import { freePort } from '../support/servers/ports.ts';
import { MlflowServer } from './forward/mlflowServer.ts';
import { Teller, type Told } from './forward/teller.ts';

const secret = 'a-secret-that-nobody-may-write-down';

let home: Home;
let server: MlflowServer;
let python: string;
let teller: Teller;
beforeAll(async () => {
  ({ python } = await toolsVenv('mlflow', mlflowRequirements));
  home = await newHome({ MLFLOW_TRACKING_TOKEN: secret });
  server = new MlflowServer(python, home.path('team'), await freePort());
  teller = new Teller(python, script('tell.py'));
  await server.start();
  const work = await write(home.path('work'), { 'a.txt': 'one' });
  await home.json('-C', work, 'data', 'init', 'letters');
  await home.json('-C', work, 'data', 'sync');
}, 300_000);
afterAll(async () => {
  teller?.stop();
  await server?.kill();
  await home?.remove();
});

const script = (name: string) => join(root, 'test', 'run', 'forward', name);
const state = () => home.json<Forwarding>('runs', 'forward');
const settled = () => expect.poll(state, { timeout: 90_000, interval: 500 });

const there = (experiment: string, name?: string) =>
  teller.tell(experiment, { MLFLOW_TRACKING_URI: server.url }, name);
const here = async (experiment: string) => teller.tell(experiment, await home.json<NodeJS.ProcessEnv>('env'));

/** What the server has must be what the hub has, run by run and point by point, and each once. */
async function compare(experiment: string): Promise<Told[]> {
  const ours = await here(experiment);
  const theirs = await there(experiment);
  const remoteIds = new Map(theirs.map((run) => [run.tags['forebay.run_id'] ?? '', run.id]));
  expect(remoteIds.size).toBe(theirs.length);
  const expected = ours.map((run) => {
    const parent = run.tags['mlflow.parentRunId'];
    const mapped = parent === undefined ? {} : { 'mlflow.parentRunId': remoteIds.get(parent) };
    return { ...run, id: remoteIds.get(run.id), tags: expect.objectContaining({ ...run.tags, ...mapped }) };
  });
  const byId = (a: { id?: string | undefined }, b: { id?: string | undefined }) =>
    (a.id ?? '') < (b.id ?? '') ? -1 : 1;
  const plain = theirs.map((run) => ({ ...run, inputs: run.inputs.map(whole) }));
  expect(plain.sort(byId)).toEqual(
    expected.map((run) => ({ ...run, inputs: run.inputs.map(whole) })).sort(byId),
  );
  return theirs;
}

/** The digest that MLflow has no room for stands in the source. */
const whole = ([name, digest, type, source]: Told['inputs'][number]) => [
  ...[name, source.digest ?? digest, type, source.ref],
];

async function logModel(experiment: string): Promise<void> {
  const env = { ...process.env, ...(await home.json<NodeJS.ProcessEnv>('env')) };
  await promisify(execFile)(python, [script('model.py'), experiment], { env, cwd: home.folder });
}

test('nothing goes anywhere until a server is named, and what was recorded before stays here', async () => {
  expect(await state()).toMatchObject({ target: null });
  await home.run('run', '--name', 'before', '--experiment', 'early', '--', 'true');
  expect(await home.json<Forwarding>('runs', 'forward', server.url)).toMatchObject({
    target: { url: server.url },
    error: null,
    waiting: 0,
  });
});

test('a run is there while it goes on, and in the end it is the same there: points, files, versions, parent', async () => {
  const child = spawn(
    node,
    [home.program, 'run', '--data', 'letters', '--name', 'outer', '--', python, script('train.py'), '2500'],
    { cwd: home.folder, env: home.env, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  await once(child.stdout as Readable, 'data');
  const running = async () => (await there('team study', 'outer'))[0];
  await expect
    .poll(async () => (await running())?.metrics.loss?.length, { timeout: 30_000, interval: 500 })
    .toBe(2500);
  expect(await running()).toMatchObject({ name: 'outer', status: 'RUNNING', tags: { stage: 'early' } });
  child.stdin?.end('go on\n');
  expect((await ended)[0]).toBe(0);
  await settled().toMatchObject({ waiting: 0, running: 0, sent: 2, error: null, problems: [] });
  const [outer, inner] = (await compare('team study')).sort((a, b) => (a.name > b.name ? -1 : 1));
  expect([outer?.name, inner?.name]).toEqual(['outer', 'inner']);
  const { digest = '' } = (await home.json<{ digest: string }[]>('data', 'log', 'letters'))[0] ?? {};
  expect(outer?.tags['forebay.dataset.letters']).toBe(`letters@v1 ${digest.replace(':', '-')}`);
  expect(outer?.tags['forebay.dataset.letters']).toMatch(/sha256-[0-9a-f]{64}$/);
  expect(outer?.metrics.odd?.[0]?.[2]).toBe('nan');
  expect(Object.keys(outer?.files ?? {})).toContain('notes/é.txt');
  expect(await there('early')).toEqual([]);
}, 180_000);

test('a server that dies in the middle gets everything once it is back, also from another daemon, each point once', async () => {
  const child = spawn(
    node,
    [home.program, 'run', '--name', 'long', '--', python, script('train.py'), '60000'],
    {
      cwd: home.folder,
      env: home.env,
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'exit');
  await once(child.stdout as Readable, 'data');
  await expect
    .poll(async () => (await there('team study', 'long'))[0]?.metrics.loss?.length ?? 0, {
      timeout: 30_000,
      // Each look has the server read all points, which holds up those that come.
      interval: 1000,
    })
    .toBeGreaterThan(0);
  await server.kill();
  child.stdin?.end('go on\n');
  expect((await ended)[0]).toBe(0);
  await settled().toMatchObject({ error: expect.stringContaining("can't be reached") });
  const { waiting, next } = await state();
  expect(waiting).toBeGreaterThan(0);
  expect(Date.parse(next ?? '') - Date.now()).toBeLessThan(61_000);
  expect((await home.run('runs', 'forward')).stdout).toMatch(
    /can't be reached \((ECONNREFUSED|it closed the connection)\)\. Tried again in/,
  );
  const { pid } = await home.json<{ pid: number }>('status');
  process.kill(pid, 'SIGKILL');
  await server.start();
  await settled().toMatchObject({ waiting: 0, running: 0, sent: 4, error: null, problems: [] });
  const runs = await compare('team study');
  expect(runs.find(({ name }) => name === 'long')?.metrics.loss).toHaveLength(60_000);
}, 240_000);

test('a run that changes after it was sent is brought up to date there', async () => {
  const [run] = await home.json<Run[]>('runs', 'ls', '--filter', "run_name = 'outer'");
  const code = `from mlflow import MlflowClient
c = MlflowClient(); i = "${run?.id}"
c.set_tag(i, "verdict", "good"); c.delete_tag(i, "stage"); c.log_text(i, "after", "after.txt"); c.update_run(i, name="best")`;
  const env = { ...process.env, ...(await home.json<NodeJS.ProcessEnv>('env')) };
  await promisify(execFile)(python, ['-c', code], { env });
  const best = async () => (await there('team study', 'best'))[0];
  await expect.poll(async () => (await best())?.files['after.txt'], { timeout: 60_000 }).toBeDefined();
  const found = await best();
  expect(found?.tags).toMatchObject({ verdict: 'good' });
  expect(found?.tags.stage).toBeUndefined();
}, 120_000);

test('a model is there with what it is made of, who used it and how good it is, and its files load there', async () => {
  await logModel('models');
  await settled().toMatchObject({ waiting: 0, running: 0, error: null, problems: [] });
  const late = async () => (await there('models', 'makes'))[0]?.models.twice?.stage;
  await expect.poll(late, { timeout: 60_000, interval: 500 }).toBe('late');
  const [makes, uses] = (await compare('models')).sort((a, b) => (a.name < b.name ? -1 : 1));
  const accuracies = [
    ['accuracy', 0.25, 3, null],
    ['accuracy', 0.75, 2, null],
  ];
  expect(makes?.models.twice).toMatchObject({ status: 'READY', used: false, step: 4, params: { by: '2' } });
  expect(uses?.models.twice).toMatchObject({ used: true, metrics: accuracies });
  expect(Object.keys(makes?.models.twice?.files ?? {})).toContain('MLmodel');
}, 180_000);

test('answers that get lost make nothing twice', async () => {
  const lost = new Set([
    ...['experiments/create', 'runs/create', 'runs/log-batch', 'runs/update'],
    ...['logged-models', 'runs/outputs'],
  ]);
  const fault = ({ url = '' }: IncomingMessage): Fault => {
    const path = url.replace('/api/2.0/mlflow/', '');
    return lost.delete(path) ? 'lose-answer' : 'none';
  };
  const proxy = await startFaultyProxy(server.url, { fault });
  await home.json('runs', 'forward', proxy.endpoint);
  await home.run('run', '--name', 'once', '--experiment', 'lossy', '--', 'sleep', '3');
  await logModel('lossy');
  await settled().toMatchObject({ waiting: 0, sent: 3, error: null, problems: [] });
  expect(lost).toEqual(new Set());
  await compare('lossy');
  expect(proxy.seen.filter((each) => each.endsWith('/runs/create'))).toHaveLength(3);
  await proxy.stop();
}, 120_000);

test('a server that answers late, badly or not at all never holds up a run, and no credentials are written down', async () => {
  const asked: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    asked.push(String(request.headers.authorization));
    if (asked.length % 2 === 0)
      response.writeHead(401, { 'content-type': 'application/json' }).end(`{"echo": "${secret}"}`);
    // Else nothing is ever said.
  };
  const slow: Server = createServer(answer).listen(0, '127.0.0.1');
  await once(slow, 'listening');
  const url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
  asked.push('');
  const said = await home.json<Forwarding>('runs', 'forward', url);
  expect(said.error).toMatch(/refuses these credentials \(401\).*MLFLOW_TRACKING_TOKEN/);
  const began = performance.now();
  expect((await home.run('run', '--name', 'not held up', '--', 'true')).code).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
  await expect.poll(() => asked.length, { timeout: 20_000 }).toBeGreaterThan(2);
  expect(asked.at(-1)).toBe(`Bearer ${secret}`);
  expect((await home.json<Forwarding>('runs', 'forward', 'off')).target).toBeNull();
  slow.closeAllConnections();
  slow.close();
  for (const name of readdirSync(home.state, { recursive: true, withFileTypes: true })) {
    if (!name.isFile() || /[\\/](compiled|program)/.test(name.parentPath)) continue;
    expect(readFileSync(join(name.parentPath, name.name)).includes(secret), name.name).toBe(false);
  }
}, 120_000);

test('an address with credentials in it, or of this home itself, is refused with what to do', async () => {
  const { MLFLOW_TRACKING_URI: own = '' } = await home.json<NodeJS.ProcessEnv>('env');
  expect((await home.run('runs', 'forward', own)).stderr).toMatch(/this home itself/);
  expect((await home.run('runs', 'forward', 'https://me:pw@x.example')).stderr).toMatch(
    /Credentials don’t belong.*\n.*TOKEN/,
  );
});
