import { appendFileSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { socketPathOf } from '@forebay/core/launch';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Home, outcome } from '../support/home.ts';
import { refusal, sourceHome, withMnist, write } from './support.ts';

describe('in a home with one dataset', () => {
  let home: Home;
  let work: string;
  beforeAll(async () => {
    home = await sourceHome();
    work = await withMnist(home);
    await home.json('mount', 'mnist');
    await write(home.path('full'), { 'file.txt': 'mine' });
    await mkdir(home.path('leaving'));
    symlinkSync('/etc/hostname', home.path('leaving', 'out'));
    await home.json('-C', home.path('leaving'), 'data', 'init', 'leaving');
    mkdirSync(home.path('bytes'));
    writeFileSync(Buffer.concat([Buffer.from(home.path('bytes', 'bad-')), Buffer.from([0xff, 0xfe])]), 'x');
    await home.json('-C', home.path('bytes'), 'data', 'init', 'bytes');
    await home.json('cache-store', 'attach', 'tiny', home.path('tiny'), '--capacity', '5');
    const other = await sourceHome();
    await other.json('cache-store', 'attach', 'theirs', home.path('theirs'), '--capacity', '1GB');
    await other.remove();
  });
  afterAll(() => home.remove());

  test.each<[what: string, args: string[], exit: number, code: string, sentence: RegExp]>([
    ['an unknown dataset', ['data', 'log', 'mnits'], 1, 'dataset-unknown', /mnits.*\n?.*mnist/s],
    ['an unknown version', ['cache', 'add', 'mnist@v9'], 1, 'version-unknown', /mnist@v9.*v1/s],
    ['an unknown tag', ['data', 'verify', 'mnist@raw'], 1, 'version-unknown', /raw/],
    [
      'an unknown digest',
      ['data', 'verify', 'mnist@sha256-00000000'],
      1,
      'version-unknown',
      /sha256-00000000/,
    ],
    [
      'a bad name',
      ['data', 'init', 'My Data'],
      2,
      'bad-request',
      /^forebay: 'My Data' can't be a dataset's name\.\nUse 1 to 63/,
    ],
    [
      'a bad selector',
      ['mount', 'mnist@3'],
      2,
      'bad-request',
      /^forebay: '@3' doesn't name a version\.\nWrite @v3/,
    ],
    ['an unknown cache', ['cache', 'add', 'mnist', '--on', 'nowhere'], 1, 'cache-unknown', /nowhere/],
    ['an unknown path', ['data', 'ls', 'mnist:no/such'], 1, 'path-unknown', /no\/such/],
    [
      'a folder that is not there',
      ['-C', 'missing', 'data', 'sync'],
      1,
      'folder-unknown',
      /missing\.\nCheck the path/,
    ],
    [
      'a folder that follows no dataset',
      ['-C', 'full', 'data', 'sync'],
      1,
      'not-a-working-copy',
      /full.*\n.*init/s,
    ],
    ['a clone into a full folder', ['data', 'clone', 'mnist', 'full'], 1, 'folder-not-empty', /full/],
    ['clearing what is in use', ['cache', 'rm', 'mnist'], 1, 'in-use', /mnist@v1/],
    ['clearing what is not cached', ['cache', 'rm', 'mnist', '--on', 'tiny'], 1, 'not-cached', /mnist@v1/],
    ['unmounting what is not mounted', ['unmount', '/somewhere/else'], 1, 'lease-unknown', /isn't mounted/],
    ['a cache that is too small', ['cache', 'add', 'mnist', '--on', 'tiny'], 1, 'no-space', /tiny/],
    [
      'a cache of another hub',
      ['cache-store', 'attach', 'x', 'theirs', '--capacity', '1GB'],
      1,
      'cache-foreign',
      /theirs/,
    ],
    [
      'a cache that exists',
      ['cache-store', 'attach', 'tiny', 'y', '--capacity', '1GB'],
      1,
      'cache-exists',
      /tiny/,
    ],
    ['another lake', ['up', '--lake', 'another-lake'], 1, 'lake-other', /lake/],
    ['a link that leaves the tree', ['-C', 'leaving', 'data', 'sync'], 1, 'link-leaves', /out/],
    ["a name that isn't UTF-8", ['-C', 'bytes', 'data', 'sync'], 1, 'name-not-utf8', /bad-/],
    ['a holder that is gone', ['mount', 'mnist', '--for', '4194303'], 1, 'bad-request', /4194303/],
  ])('%s', async (_, args, exit, code, sentence) => {
    const { exit: got, ...error } = await refusal(home, args);
    expect(error).toMatchObject({ code, said: expect.stringMatching(sentence) });
    expect(got).toBe(exit);
  });

  test('what was refused changed nothing', async () => {
    expect(await home.json<unknown[]>('data', 'log', 'mnist')).toHaveLength(1);
    expect(await home.json<unknown[]>('cache', 'ls')).toHaveLength(1);
    expect(await readdir(home.path('full'))).toEqual(['file.txt']);
    expect((await readdir(work)).sort()).toEqual(['.forebay', 'a.txt', 'train']);
  });

  test('a second daemon leaves the first alone', async () => {
    const { pid } = await home.json<{ pid: number }>('status');
    const second = await home.run('daemon');
    expect([second.code, second.stdout]).toEqual([1, '']);
    expect(second.stderr).toMatch(
      /^forebay: Another Forebay daemon works with .*\nEnd it with 'forebay down', then try again\.\n$/,
    );
    expect((await home.json<{ pid: number }>('status')).pid).toBe(pid);
  });

  test("a command that isn't there", async () => {
    const ran = await home.run('mount', 'mnist', '--', 'no-such-program');
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining("'no-such-program' can't be run")]);
  });
});

describe('in a home of its own', () => {
  let home: Home;
  beforeEach(async () => {
    home = await sourceHome();
  });
  afterEach(() => home.remove());

  test('a damaged pack is named, and never ready', async () => {
    await withMnist(home);
    const packs = join(home.state, 'lake', 'datasets');
    const found = readdirSync(packs, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.tar'),
    );
    const file = await open(join(packs, found[0] ?? ''), 'r+');
    const { buffer } = await file.read(Buffer.alloc(512 * 20), 0, 512 * 20, 0);
    await file.write(Buffer.from('X'), 0, 1, buffer.indexOf('zero'));
    await file.close();
    const verified = await home.run('data', 'verify', 'mnist', '--json');
    expect(verified.code).toBe(1);
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: false, problems: [{ path: 'train/0.png' }] });
    expect((await refusal(home, ['cache', 'add', 'mnist'])).code).toBe('damaged');
    const states = (await home.json<Array<{ state: string }>>('cache', 'ls')).map(({ state }) => state);
    expect(states).not.toContain('ready');
  });

  test('a lake that cannot be reached', async () => {
    const bucket = {
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9',
      AWS_REGION: 'none',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
    };
    const ran = await outcome(home.spawn(['up', '--lake', 's3://bucket/prefix', '--json'], { env: bucket }));
    expect([ran.code, JSON.parse(ran.stdout).error.code]).toEqual([1, 'lake-unreachable']);
  });

  test.each([
    ['another kind of format', { format: 99 }, 'lake-format'],
    ['a later version of the format', { version: 99 }, 'lake-format'],
    ['no lake at all', 'not json', 'lake-format'],
  ])('a lake whose forebay.json says %s', async (_, content, code) => {
    await home.json('up', '--lake', home.path('lake'));
    await home.run('down');
    const file = home.path('lake', 'forebay.json');
    const before = typeof content === 'string' ? {} : JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify({ ...before, ...content }));
    expect((await refusal(home, ['data', 'ls'])).code).toBe(code);
  });

  test('a daemon newer than this program, whose range it does not cover', async () => {
    const socket = socketPathOf(home.state, home.env);
    mkdirSync(join(socket, '..'), { recursive: true, mode: 0o700 });
    const hello = { version: '99.0.0', apiMin: 9, apiMax: 9, schema: 9, bundle: '', pid: 1 };
    const server = http.createServer((_, response) => response.end(JSON.stringify(hello)));
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    try {
      const error = await refusal(home, ['status']);
      expect(error).toMatchObject({ code: 'daemon-newer', exit: 1, hint: expect.stringContaining('99.0.0') });
    } finally {
      server.close();
    }
  });

  test('a proxy in the environment is not asked', async () => {
    const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];
    const proxy = Object.fromEntries(names.map((name) => [name, 'http://127.0.0.1:9']));
    const ran = await outcome(home.spawn(['data', 'ls', '--json'], { env: proxy }));
    expect([ran.code, ran.stdout]).toEqual([0, '[]\n']);
  });

  test('a FOREBAY_NODE that is no Node is passed over', async () => {
    const ran = await outcome(home.spawn(['status', '--json'], { env: { FOREBAY_NODE: '/bin/false' } }));
    expect(ran.code).toBe(0);
  });

  test('a home that cannot be written', async () => {
    appendFileSync(home.path('home'), 'a file where a folder should be');
    const ran = await home.run('status', '--json');
    expect([ran.code, ran.stderr]).toEqual([1, '']);
    expect(JSON.parse(ran.stdout).error.message).toContain(home.state);
  });
});
