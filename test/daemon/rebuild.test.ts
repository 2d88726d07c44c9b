import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from '@forebay/core/client';
import { socketPathOf, unixTransport } from '@forebay/core/launch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusal, sourceHome, withMnist } from '../cli/support.ts';
import { fingerprint } from '../support/data/tree.ts';
import type { Home } from '../support/home.ts';

/** One story, in order: each test goes on where the one before it ended. */
let home: Home;
let work: string;
beforeAll(async () => {
  home = await sourceHome();
  work = await withMnist(home);
  await home.json('cache-store', 'attach', 'fast', home.path('fast'), '--capacity', '1GB', '--ttl', '2d');
  await home.json('cache', 'add', 'mnist@v1');
  await home.json('cache', 'add', 'mnist@v1', '--on', 'fast');
});
afterAll(() => home.remove());

interface Rebuilt {
  pid: number;
  lake: { url: string };
  caches: Array<{ name: string; capacity: number; ttlSeconds: number }>;
  datasets: number;
  rebuilt: { aside: string | null; quietUntil: string; caches: Array<{ name: string; placements: number }> };
}
const placements = async () =>
  (await home.json<Array<{ cache: string; state: string; path: string; digest: string }>>('cache', 'ls'))
    .map(({ cache, state, path, digest }) => [cache, state, path, digest])
    .sort();

test('the database is made anew from lake and caches, and the former one is kept', async () => {
  const before = await placements();
  await home.json('cache', 'pin', 'mnist@v1', '--on', 'fast');
  await home.json('mount', 'mnist@v1', '--on', 'local');
  const { pid, lake } = await home.json<{ pid: number; lake: { url: string } }>('status');
  const rebuilt = await home.json<Rebuilt>('up', '--rebuild');
  expect(rebuilt.pid).not.toBe(pid);
  expect(rebuilt.lake.url).toBe(lake.url);
  expect(rebuilt.datasets).toBe(1);
  expect(rebuilt.rebuilt.caches.map(({ name, placements }) => [name, placements])).toEqual([
    ['fast', 1],
    ['local', 1],
  ]);
  const fast = rebuilt.caches.find(({ name }) => name === 'fast');
  expect(fast).toMatchObject({ capacity: 1e9, ttlSeconds: 172_800 });
  expect(await placements()).toEqual(before);
  expect(Date.parse(rebuilt.rebuilt.quietUntil)).toBeGreaterThan(Date.now() + 86_000_000);
  const { aside } = rebuilt.rebuilt;
  expect(aside).toMatch(/hub\.db\.20\d\d-\d\d-\d\dT[\d-]+Z$/);
  const former = new DatabaseSync(aside ?? '', { readOnly: true });
  expect(former.prepare('SELECT count(*) AS n FROM placement').get()).toEqual({ n: 2 });
  former.close();
});

test('what was pinned or mounted still is', async () => {
  const lines = await home.json<Array<{ cache: string; pinned: boolean }>>('cache', 'ls');
  expect(lines.map(({ cache, pinned }) => [cache, pinned]).sort()).toEqual([
    ['fast', true],
    ['local', false],
  ]);
  expect((await refusal(home, ['cache', 'rm', 'mnist@v1', '--on', 'local'])).code).toBe('in-use');
  await home.json('unmount', 'mnist@v1');
  await home.json('cache', 'unpin', 'mnist@v1', '--on', 'fast');
  const now = new DatabaseSync(join(home.state, 'hub.db'), { readOnly: true });
  const left = now.prepare("SELECT value FROM setting WHERE key = 'formerUse'").get();
  now.close();
  expect(left, 'what was carried over counts once').toEqual({ value: '{}' });
});

test('what was cached is used as before, and folders follow their dataset', async () => {
  const path = (await home.run('mount', 'mnist@v1')).stdout.trim();
  expect(await fingerprint(path)).toEqual(await fingerprint(work));
  expect((await home.run('unmount', path)).code).toBe(0);
  await writeFile(join(work, 'more'), 'more');
  expect(await home.json('-C', work, 'data', 'sync')).toMatchObject({ version: 2 });
  expect((await home.json<{ ok: boolean }>('cache', 'verify', 'mnist@v1')).ok).toBe(true);
});

test('is refused while the daemon works, in words', async () => {
  const big = home.path('big');
  await mkdir(big);
  for (let i = 0; i < 12; i++) await writeFile(join(big, String(i)), randomBytes(40_000_000));
  await home.json('-C', big, 'data', 'init', 'big');
  const client = new Client(unixTransport(socketPathOf(home.state, home.env)));
  const { id } = await client.workingCopies.sync({ folder: big });
  const refused = await home.run('up', '--rebuild', '--json');
  await client.jobs.cancel(id);
  expect([refused.code, JSON.parse(refused.stdout).error]).toEqual([
    1,
    { code: 'in-use', message: 'The daemon is at work: Syncing big.', hint: expect.any(String) },
  ]);
});

test('a damaged database is named with what to do, and making it anew finds the default cache', async () => {
  await home.json('down');
  const database = join(home.state, 'hub.db');
  for (const name of await readdir(home.state)) {
    if (/^hub\.db-/.test(name)) await rm(join(home.state, name));
  }
  const bytes = await readFile(database);
  await writeFile(database, bytes.fill(7, 0, 8192));
  const refused = await refusal(home, ['status']);
  expect([refused.code, refused.hint]).toEqual(['damaged', expect.stringContaining('up --rebuild')]);
  const said = await home.run('up', '--rebuild');
  expect([said.code, said.stdout]).toEqual([
    0,
    expect.stringMatching(
      /^Made the database anew: 2 datasets in the lake, 1 cache\.\n {2}local: 1 cached version \(.*kept as .*hub\.db\.20/s,
    ),
  ]);
  expect((await placements()).map(([cache, state]) => [cache, state])).toEqual([['local', 'ready']]);
  await home.json('cache-store', 'attach', 'fast', home.path('fast'), '--capacity', '1GB');
  expect((await placements()).map(([cache, state]) => [cache, state])).toEqual([
    ['fast', 'ready'],
    ['local', 'ready'],
  ]);
});
