import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client, type Job } from '@forebay/core/client';
import { findDaemon, unixTransport } from '@forebay/core/launch';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { fingerprint } from '../support/data/tree.ts';
import { type Home, node, outcome } from '../support/home.ts';
import { type Fault, type FaultyProxy, startFaultyProxy } from '../support/network/faultyProxy.ts';
import { croissantRequirements, toolsVenv } from '../support/python/venv.ts';
import { makeObjects, type Objects, putAll } from '../support/servers/objects.ts';
import { type Seaweed, startSeaweed } from '../support/servers/seaweed.ts';
import { refusal, sourceHome } from './support.ts';

let seaweed: Seaweed;
let objects: Objects;
let home: Home;

beforeAll(async () => {
  seaweed = await startSeaweed();
  objects = await makeObjects(seaweed);
  await putAll(
    objects,
    Array.from({ length: 40 }, (_, at) => [`data/train/${at}.txt`, `image ${at}`]),
  );
});
afterAll(async () => {
  objects?.close();
  await seaweed?.stop();
});
beforeEach(async () => {
  home = await sourceHome({ AWS_EC2_METADATA_DISABLED: 'true' });
});
afterEach(() => home.remove());

async function json(args: string[], env: NodeJS.ProcessEnv = {}) {
  const { code, stdout } = await outcome(home.spawn([...args, '--json'], { env }));
  return { code, ...JSON.parse(stdout) };
}

async function daemon(): Promise<Client> {
  const found = await findDaemon({ home: home.state, env: home.env });
  return new Client(unixTransport(found?.socketPath ?? ''));
}

test('a prefix becomes a dataset that is cached, previewed and imported again, with a lake in a folder', async () => {
  const url = `s3://${objects.bucket}/data`;
  const made = await json(['data', 'import', url, 'x', '-m', 'first'], seaweed.env);
  expect(Object.keys(made).sort()).toEqual(
    [
      'added',
      'bytes',
      'changed',
      'code',
      'dataset',
      'digest',
      'files',
      'removed',
      'uploadedBytes',
      'version',
    ].sort(),
  );
  expect(made).toMatchObject({ code: 0, dataset: 'x', version: 1, files: 40, added: 40 });
  expect(await home.json('data', 'log', 'x')).toMatchObject([{ version: 1, message: 'first' }]);
  const { path } = await json(['mount', 'x']);
  expect(await readFile(join(path, 'train/7.txt'), 'utf8')).toBe('image 7');
  const bytes = await (await daemon()).versions.content('x', 'v1', 'train/12.txt', {
    range: { start: 6, end: 8 },
  });
  expect(Buffer.from(bytes).toString()).toBe('12');
  const again = await outcome(home.spawn(['data', 'import', url, 'x'], { env: seaweed.env }));
  expect([again.code, again.stdout]).toEqual([0, 'Nothing changed: x@v1 stands.\n']);
});

test('credentials are asked for once the daemon that had them is gone, and are written nowhere', async () => {
  await json(['data', 'import', `s3://${objects.bucket}/data`, 'x'], seaweed.env);
  await home.run('down');
  const { AWS_ENDPOINT_URL_S3, AWS_REGION } = seaweed.env;
  const endpoint = { AWS_ENDPOINT_URL_S3, AWS_REGION };
  expect(await json(['cache', 'add', 'x'], endpoint)).toMatchObject({
    code: 1,
    error: { code: 'lake-denied' },
  });
  expect(await json(['cache', 'add', 'x'], seaweed.env)).toMatchObject({ code: 0, state: 'ready' });
  const database = await readFile(join(home.state, 'forebay.db')).catch(() => Buffer.of());
  expect(database.includes(seaweed.credentials.secretAccessKey)).toBe(false);
});

test('another endpoint is named by --endpoint, and what is named is what gets the signature', async () => {
  const { AWS_ENDPOINT_URL_S3: _, ...keys } = seaweed.env;
  const args = ['data', 'import', `s3://${objects.bucket}/data`, 'x', '--endpoint', seaweed.endpoint];
  expect(await json(args, keys)).toMatchObject({ code: 0, version: 1, files: 40 });
  expect(await json(['cache', 'add', 'x'])).toMatchObject({ code: 0, state: 'ready' });
});

test('what is no prefix in S3 is refused with what to do instead', async () => {
  const folder = await refusal(home, ['data', 'import', '/data/images', 'x']);
  expect(folder.said).toContain('a folder is synced, not imported');
  const web = await refusal(home, ['data', 'import', 'https://example.com/a.zip', 'x']);
  expect(web.said).toContain('not single web addresses');
  expect([folder.exit, web.exit]).toEqual([2, 2]);
});

test('an object that changed fails the fill by its name', async () => {
  await objects.put('changing/a', 'one');
  const url = `s3://${objects.bucket}/changing`;
  await json(['data', 'import', url, 'x'], seaweed.env);
  await objects.put('changing/a', 'two');
  const refused = await refusal(home, ['cache', 'add', 'x']);
  expect(refused).toMatchObject({ code: 'object-changed' });
  expect(refused.said).toContain(`s3://${objects.bucket}/changing/a is no longer what was imported.`);
  expect(await json(['data', 'import', url, 'x'], seaweed.env)).toMatchObject({ version: 2, changed: 1 });
  expect(await json(['cache', 'add', 'x'])).toMatchObject({ state: 'ready' });
});

/** A home whose lake, and whatever it imports, lies behind a proxy. */
async function behindProxy(fault: (method: string, path: string) => Fault) {
  const proxy: FaultyProxy = await startFaultyProxy(seaweed.endpoint, {
    fault: ({ method = '', url = '' }) => fault(method, url),
  });
  const env = { ...seaweed.env, AWS_ENDPOINT_URL_S3: proxy.endpoint };
  await json(['up', '--lake', `s3://${seaweed.bucket()}`], env);
  return { proxy, env };
}

test('Ctrl-C while it lists: within two seconds nothing of it is there', async () => {
  const { proxy, env } = await behindProxy((_, path) =>
    path.includes(`/${objects.bucket}`) && path.includes('list-type=2') ? 'stall' : 'none',
  );
  const child = home.spawn(['data', 'import', `s3://${objects.bucket}/data`, 'x', '--json'], { env });
  const ended = outcome(child);
  const client = await daemon();
  const running = (job: Job) => job.kind === 'import' && job.state === 'running';
  while (!(await client.jobs.list()).some(running)) await sleep(50);
  await sleep(500);
  const begun = Date.now();
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  expect([code, JSON.parse(stdout).error.code]).toEqual([1, 'cancelled']);
  expect(Date.now() - begun).toBeLessThan(2500);
  expect(await home.json('data', 'ls')).toEqual([]);
  await proxy.stop();
});

test.each([1, 2, 3, 4, 5])(
  'a daemon that is killed at write %i of an import leaves no version or a whole one',
  async (at) => {
    let writes = 0;
    let pid = 0;
    const { proxy, env } = await behindProxy((method) => {
      if (pid === 0 || method !== 'PUT' || ++writes !== at) return 'none';
      process.kill(pid, 'SIGKILL');
      // Half of them arrive all the same.
      return at % 2 === 0 ? 'none' : 'refuse-connection';
    });
    pid = (await (await daemon()).app.hello()).pid;
    const args = ['data', 'import', `s3://${objects.bucket}/data`, 'x'];
    await outcome(home.spawn(args, { env }));
    pid = 0;
    const datasets = await outcome(home.spawn(['data', 'ls', '--json'], { env }));
    const [found] = JSON.parse(datasets.stdout) as { latest: { version: number } | null }[];
    if (found?.latest)
      expect(await json(['data', 'verify', 'x'], env)).toMatchObject({ ok: true, files: 40 });
    expect(await json(args, env)).toMatchObject({ code: 0, version: 1, files: 40 });
    expect(await fingerprint((await json(['mount', 'x'], env)).path)).toHaveLength(40);
    await proxy.stop();
  },
);

test('what is imported within a run is its output, and is described as part of a version until it is read', async () => {
  const { bin } = await toolsVenv('croissant', croissantRequirements);
  const command = ['data', 'import', `s3://${objects.bucket}/data`, 'x'];
  const inside = ['run', '--name', 'fetch', '--', node, home.program, ...command];
  expect(await outcome(home.spawn(inside, { env: seaweed.env }))).toMatchObject({ code: 0 });
  expect((await home.run('lineage', 'x')).stdout).toMatch(/^┌─ run fetch .*\n● x@v1 {2}40 files/);
  const said = await outcome(home.spawn(['data', 'croissant', 'x'], { env: seaweed.env }));
  const document = JSON.parse(said.stdout) as { distribution: Record<string, unknown>[] };
  expect(document.distribution[1]).toMatchObject({
    containedIn: { '@id': 'version' },
    contentUrl: 'train/0.txt',
  });
  await writeFile(home.path('x.json'), said.stdout);
  await promisify(execFile)(join(bin, 'mlcroissant'), ['validate', '--jsonld', home.path('x.json')]);
}, 300_000);
