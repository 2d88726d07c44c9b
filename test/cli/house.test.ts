import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Home } from '../support/home.ts';
import { refusal, sourceHome, withMnist, write } from './support.ts';

/** One story, in order: each test goes on where the one before it ended. */
let home: Home;
let work: string;
let lake: string;
beforeAll(async () => {
  home = await sourceHome();
  work = await withMnist(home);
  lake = (await home.json<{ lake: { url: string } }>('up')).lake.url;
  await write(work, { 'a.txt': 'AA' });
  await home.json('-C', work, 'data', 'sync', '-m', 'second');
  await home.json('data', 'tag', 'mnist@v1', 'raw');
});
afterAll(() => home.remove());

interface Placed {
  version: number;
  cache: string;
}
const cachedVersions = async () => (await home.json<Placed[]>('cache', 'ls')).map(({ version }) => version);
const log = async () =>
  (await home.json<Array<{ version: number; tags: string[] }>>('data', 'log', 'mnist')).map(
    ({ version, tags }) => [version, tags],
  );

async function objects(kind: string): Promise<string[]> {
  const [id = ''] = await readdir(join(lake, 'datasets'));
  const folder = join(lake, 'datasets', id, kind);
  return (await readdir(folder)).map((name) => join(folder, name));
}

/** As if it had been written two days ago. */
async function age(): Promise<void> {
  const then = new Date(Date.now() - 2 * 86_400_000);
  for (const kind of ['packs', 'pages', 'roots', 'changes']) {
    for (const path of await objects(kind).catch(() => [])) await utimes(path, then, then);
  }
  for (const path of await objects('log')) {
    const record = path.endsWith('.json') ? JSON.parse(await readFile(path, 'utf8')) : {};
    if (record.kind !== 'collect') continue;
    await rm(path);
    await writeFile(path, JSON.stringify({ ...record, time: then.toISOString() }));
  }
}

describe('a version is removed', () => {
  test('only where it is named by its number', async () => {
    const bare = await refusal(home, ['data', 'rm', 'mnist']);
    expect([bare.exit, bare.said]).toEqual([
      2,
      expect.stringMatching(/names no version, so nothing was removed.*\n.*mnist@v3/),
    ]);
    for (const ref of ['mnist@latest', 'mnist@raw'])
      expect((await refusal(home, ['data', 'rm', ref])).exit).toBe(2);
    expect((await refusal(home, ['data', 'rm', 'mnist@v1', '--all-versions'])).exit).toBe(2);
    expect((await refusal(home, ['data', 'rm', 'mnist@v9'])).code).toBe('version-unknown');
    expect(await log()).toEqual([
      [2, []],
      [1, ['raw']],
    ]);
  });

  test('not while somebody holds it here; the refusal names who', async () => {
    await home.json('mount', 'mnist@v1', '--for', String(process.pid));
    const refused = await refusal(home, ['data', 'rm', 'mnist@v1']);
    expect([refused.exit, refused.code]).toEqual([1, 'in-use']);
    expect(refused.message).toBe(`mnist@v1 is in use on the cache 'local' by process ${process.pid}.`);
    expect((await refusal(home, ['data', 'rm', 'mnist', '--all-versions'])).code).toBe('in-use');
    const leases = await home.run('unmount', 'mnist@v1');
    expect(leases.code).toBe(1);
  });

  test('with its tags and its cached copies, and its number never returns', async () => {
    await home.json('cache', 'add', 'mnist@v2');
    const removed = await home.json('data', 'rm', 'mnist@v2');
    expect(removed).toEqual({ dataset: 'mnist', version: 2, tags: [], caches: ['local'] });
    await expect.poll(cachedVersions, { timeout: 20_000 }).toEqual([1]);
    expect(await log()).toEqual([[1, ['raw']]]);
    expect((await refusal(home, ['data', 'ls', 'mnist@v2'])).code).toBe('version-unknown');
    await write(work, { 'b.txt': randomBytes(60_000).toString('latin1') });
    expect(await home.json('-C', work, 'data', 'sync')).toMatchObject({ version: 3 });
  });
});

describe('garbage', () => {
  test('is shown first, then named, and deleted a day later', async () => {
    await age();
    const shown = await home.run('data', 'gc', 'mnist');
    expect(shown.stdout).toMatch(/^mnist: \d+ objects, .* that no version refers to \(.*roots 1 object/);
    expect(shown.stdout).toMatch(
      /to be named as garbage, which is deleted a day later\nNothing was changed\..*--no-dry-run'\.\n$/,
    );
    const before = await objects('roots');
    const named = await home.json<{ named: { objects: number } }>('data', 'gc', 'mnist', '--no-dry-run');
    expect(named).toMatchObject({ dataset: 'mnist', dryRun: false, deleted: { objects: 0 } });
    expect(named.named.objects).toBeGreaterThan(0);
    expect((await home.run('data', 'gc', 'mnist')).stdout).toMatch(/named already, to be deleted from 20/);
    expect(await objects('roots')).toEqual(before);
    await age();
    const all = await home.run('data', 'gc', '--no-dry-run');
    expect(all.stdout).toMatch(/ {2}\d+ objects?, .* deleted\n/);
    expect(await objects('roots')).toHaveLength(before.length - 1);
    expect((await home.run('data', 'gc', 'mnist')).stdout).toBe('mnist: no garbage\n');
    for (const ref of ['mnist@v1', 'mnist@v3']) await home.json('data', 'verify', ref);
    expect((await refusal(home, ['data', 'gc', 'mnist', '--older-than', 'soon'])).exit).toBe(2);
  });
});

describe('damage', () => {
  const damage = async () => {
    for (const pack of await objects('packs')) {
      const bytes = await readFile(pack);
      if (bytes.length < 60_000) continue;
      bytes.fill(7, 20_000, 20_010);
      await rm(pack);
      await writeFile(pack, bytes);
    }
  };

  test('is healed from a cache, and what can’t be healed is named', async () => {
    await home.json('cache', 'add', 'mnist@v3');
    await damage();
    const found = await home.run('data', 'verify', 'mnist@v3');
    expect([found.code, found.stdout]).toEqual([
      1,
      expect.stringMatching(/b\.txt: .*\nHeal it with 'forebay data repair mnist@v3'/),
    ]);
    const healed = await home.run('data', 'repair', 'mnist@v3');
    expect(healed.stdout).toMatch(
      /^Healed 1 file of 1 version \(.* uploaded\):\n {2}b\.txt: healed from the cache 'local'\n$/,
    );
    await home.json('data', 'verify', 'mnist@v3');
    expect((await home.run('data', 'repair', 'mnist')).stdout).toMatch(/^mnist is whole: 2 versions, /);
    await home.json('cache', 'rm', 'mnist@v3');
    await damage();
    const lost = await home.run('data', 'repair', 'mnist');
    expect([lost.code, lost.stdout]).toEqual([
      1,
      expect.stringMatching(/^1 problem left:\n {2}b\.txt: is damaged, and no cache/),
    ]);
  });

  test('that was found is healed by the next sync of a folder that still has the file', async () => {
    const synced = await home.run('-C', work, 'data', 'sync');
    expect(synced.stdout).toMatch(/^mnist@v3 .*\+0 ~0 -0 {2}\(.* uploaded\)/);
    await home.json('data', 'verify', 'mnist@v3');
    expect((await home.run('-C', work, 'data', 'sync')).stdout).toContain('Nothing changed: mnist@v3');
  });

  test('is healed from a working copy, where the command is called in it', async () => {
    await damage();
    expect((await home.run('-C', work, 'data', 'repair', 'mnist')).stdout).toContain(`healed from ${work}`);
    await home.json('data', 'verify', 'mnist@v3');
  });
});

describe('packs', () => {
  test('less than half in use are shown, then rewritten', async () => {
    const folder = await write(home.path('sparse'), {
      keep: randomBytes(40_000),
      go: randomBytes(180_000),
    });
    await home.json('-C', folder, 'data', 'init', 'sparse');
    await home.json('-C', folder, 'data', 'sync');
    await rm(join(folder, 'go'));
    await home.json('-C', folder, 'data', 'sync');
    expect((await home.run('data', 'repack', 'sparse')).stdout).toMatch(
      /^sparse: nothing to repack; 1 pack /,
    );
    await home.json('data', 'rm', 'sparse@v1');
    const shown = await home.run('data', 'repack', 'sparse');
    expect(shown.stdout).toMatch(
      /^sparse: 1 pack of 1 less than half in use: 40\.0 kB of 22\d kB\nNothing was changed/,
    );
    const done = await home.run('data', 'repack', 'sparse', '--no-dry-run');
    expect(done.stdout).toMatch(/Repacked: 1 version moved, 4\d\.\d kB uploaded\.\n.*data gc sparse/);
    await home.json('data', 'verify', 'sparse');
    expect((await refusal(home, ['data', 'repack', 'nothing'])).code).toBe('dataset-unknown');
  });
});

test('a dataset is deleted with all its versions; its name is free, and a collection of the lake takes what it held', async () => {
  await home.json('cache', 'add', 'sparse');
  expect(await home.json('data', 'rm', 'sparse', '--all-versions')).toEqual({
    dataset: 'sparse',
    versions: 1,
    caches: ['local'],
  });
  expect((await refusal(home, ['data', 'log', 'sparse'])).code).toBe('dataset-unknown');
  expect((await refusal(home, ['-C', home.path('sparse'), 'data', 'sync'])).code).toBe('dataset-unknown');
  const lakeWide = await home.json<Array<{ dataset: string; young: { objects: number } }>>('data', 'gc');
  expect(lakeWide.map(({ dataset }) => dataset)).toEqual(['mnist', 'sparse']);
  expect(lakeWide[1]?.young.objects).toBeGreaterThan(3);
  await home.json('-C', await write(home.path('new'), { x: 'x' }), 'data', 'init', 'sparse');
});
