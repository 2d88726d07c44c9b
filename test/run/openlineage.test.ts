import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Emission } from '../../core/src/api/schemas.ts';
import { write } from '../cli/support.ts';
import { type Home, newHome, node, root } from '../support/home.ts';
import { mlflowRequirements, toolsVenv } from '../support/python/venv.ts';

interface Named {
  namespace: string;
  name: string;
  facets: Record<string, Record<string, unknown>>;
}
interface RunEvent {
  eventType: string;
  run: { runId: string; facets: Record<string, Record<string, unknown>> };
  job: Named;
  inputs: Named[];
  outputs: Named[];
}

/** A server that takes events, on a port that stays the same while it is away. */
class Receiver {
  readonly events: RunEvent[] = [];
  readonly headers: IncomingHttpHeaders[] = [];
  port = 0;
  #server: Server | undefined;

  async open(): Promise<void> {
    this.#server = createServer(async (request, response) => {
      this.headers.push(request.headers);
      this.events.push(JSON.parse(await text(request)));
      response.writeHead(201).end();
    });
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = (this.#server.address() as { port: number }).port;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  ofType(type: string): RunEvent[] {
    return this.events.filter(({ eventType }) => eventType === type);
  }
}

let home: Home;
const receiver = new Receiver();
beforeAll(async () => {
  home = await newHome({ OPENLINEAGE_API_KEY: 'a key' });
  await receiver.open();
  const raw = await write(home.path('raw'), { 'a.txt': 'one' });
  await home.json('-C', raw, 'data', 'init', 'raw');
  await home.json('-C', raw, 'data', 'sync');
  await write(home.path('made'), { 'b.txt': 'two' });
  await home.json('-C', home.path('made'), 'data', 'init', 'made');
});
afterAll(async () => {
  await receiver.close();
  await home?.remove();
});

const soon = { timeout: 20_000, interval: 100 };
const emission = () => home.json<Emission>('lineage', 'emit');

test('each run sends its start and its end, with the versions it read and made', async () => {
  expect((await home.run('lineage', 'emit')).stdout).toContain('No events are sent.');
  const said = await home.run('lineage', 'emit', `http://127.0.0.1:${receiver.port}`);
  expect(said.stdout).toMatch(
    /^Events go to http:\/\/127\.0\.0\.1:\d+\/api\/v1\/lineage, since just now: 0 sent, 0 waiting\.\n$/,
  );
  const sync = `"${node}" "${home.program}" -C "${home.path('made')}" data sync`;
  await home.run('run', '--data', 'raw', '--experiment', 'prepare', '--', 'sh', '-c', sync);
  await expect.poll(() => receiver.events.length, soon).toBe(2);
  const [start, complete] = receiver.events as [RunEvent, RunEvent];
  expect([start.eventType, complete.eventType]).toEqual(['START', 'COMPLETE']);
  expect(start.run.runId).toBe(complete.run.runId);
  expect(start.job.name).toMatch(/\.sh$/);
  expect(start.job.name).toBe(complete.job.name);
  const lake = { namespace: expect.stringMatching(/^file:\/\/[^/]+\/.*\/home\/lake$/) };
  const version = { version: { datasetVersion: 'v1' } };
  expect(start.inputs).toMatchObject([{ ...lake, name: 'raw', facets: version }]);
  expect(complete.outputs).toMatchObject([{ ...lake, name: 'made', facets: version }]);
  expect(receiver.headers[0]).toMatchObject({ authorization: 'Bearer a key' });
});

test('a failure says why, with the code that failed', async () => {
  const study = await write(home.path('study'), { 'train.sh': 'echo no such layer >&2; exit 3' });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: study });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'first');
  git('remote', 'add', 'origin', 'https://me:secret@example.org/study.git');
  await home.run('-C', study, 'run', '--', 'sh', 'train.sh');
  await expect.poll(() => receiver.ofType('FAIL'), soon).toHaveLength(1);
  const [{ run, job }] = receiver.ofType('FAIL') as [RunEvent];
  expect(run.facets.errorMessage).toMatchObject({ message: 'It failed, exit code 3. no such layer' });
  expect(job.facets.sourceCodeLocation).toMatchObject({
    ...{ type: 'git', url: 'https://example.org/study.git', branch: 'main' },
    version: expect.stringMatching(/^[0-9a-f]{40}$/),
  });
  expect(JSON.stringify(receiver.events)).not.toContain('secret');
});

test('who is away misses nothing, a run waits for nobody, and a restart forgets nothing', async () => {
  await receiver.close();
  const before = receiver.events.length;
  const began = performance.now();
  expect((await home.run('run', '--name', 'meanwhile', '--', 'true')).code).toBe(0);
  expect(performance.now() - began).toBeLessThan(15_000);
  await expect.poll(async () => (await emission()).error?.message, soon).toMatch(/ECONNREFUSED/);
  expect(await emission()).toMatchObject({ waiting: 2, retry: expect.stringMatching(/Z$/) });
  expect((await home.run('lineage', 'emit')).stdout).toMatch(
    /2 waiting\.\nThe last error, .*ECONNREFUSED.*\nThe next try: /,
  );
  await home.run('down');
  await receiver.open();
  await home.run('status');
  await expect.poll(() => receiver.events.length, { ...soon, timeout: 60_000 }).toBe(before + 2);
  expect(receiver.events.slice(before).map(({ eventType }) => eventType)).toEqual(['START', 'COMPLETE']);
  await expect.poll(async () => (await emission()).waiting, soon).toBe(0);
});

test("a script that logs by MLflow's client alone sends the same, and runs below name the one above", async () => {
  const { python } = await toolsVenv('mlflow', mlflowRequirements);
  const script = [
    'import mlflow, numpy',
    "mlflow.set_experiment('\\u00fcnl\\u00e9ss \"x\" \\'y\\' \\n;--')",
    'with mlflow.start_run(run_name="sweep"):',
    '    with mlflow.start_run(nested=True):',
    '        mlflow.log_param("lr", "0.1\\n\\x07")',
    '        data = mlflow.data.from_numpy(numpy.ones((2, 2)), source="s3://bucket/some%20where/x.npy", name="a; \\u0000b")',
    '        mlflow.log_input(data)',
  ].join('\n');
  const variables = await home.json<NodeJS.ProcessEnv>('env');
  const before = receiver.events.length;
  await promisify(execFile)(python, ['-c', script], { cwd: home.folder, env: { ...home.env, ...variables } });
  await expect.poll(() => receiver.events.length, soon).toBe(before + 4);
  const [inner, outer] = receiver.ofType('COMPLETE').slice(-2) as [RunEvent, RunEvent];
  expect(inner.run.facets.parent).toMatchObject({
    run: { runId: outer.run.runId },
    job: { name: outer.job.name, namespace: outer.job.namespace },
  });
  expect(inner.run.facets.executionParameters).toMatchObject({ parameters: [{ key: 'lr' }] });
  expect(inner.inputs).toMatchObject([{ namespace: 's3://bucket', name: 'some where/x.npy' }]);
}, 240_000);

test("all of it is what OpenLineage's own client takes for events", async () => {
  const { python } = await toolsVenv('openlineage', ['openlineage-python==1.54.0']);
  const file = home.path('events.jsonl');
  await writeFile(file, receiver.events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const judge = join(root, 'test', 'run', 'openlineage', 'judge.py');
  const { stdout } = await promisify(execFile)(python, [judge, file]);
  expect(stdout).toBe(`${receiver.events.length} events as the specification has them\n`);
}, 240_000);

test('off is off', async () => {
  expect((await home.run('lineage', 'emit', 'off')).stdout).toContain('No events are sent.');
  const before = receiver.events.length;
  await home.run('run', '--', 'true');
  expect(await emission()).toMatchObject({ target: null, waiting: 0 });
  expect(receiver.events).toHaveLength(before);
});

test.each([
  ['kafka://broker', 'is no address that takes events'],
  ['http://me:secret@127.0.0.1', 'with a password in it'],
  ['nowhere/events.jsonl', "nowhere/events.jsonl can't be written: ENOENT"],
  ['.', "can't be written: EISDIR"],
])('events to %s are refused in a sentence', async (target, says) => {
  const said = await home.run('lineage', 'emit', target);
  expect([said.code, said.stderr]).toEqual([1, expect.stringContaining(says)]);
});
