import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Home } from '../support/home.ts';
import { refusal, sourceHome, withMnist, write } from './support.ts';

let home: Home;
let work: string;
beforeEach(async () => {
  home = await sourceHome();
  work = await withMnist(home);
});
afterEach(() => home.remove());

test('a folder within a working copy works on all of it, and becomes none of its own', async () => {
  const inside = join(work, 'train');
  await write(work, { 'b.txt': 'B' });
  expect(await home.json('-C', inside, 'data', 'sync')).toMatchObject({ version: 2, files: 4 });
  expect((await home.run('-C', inside, 'data', 'log')).stdout).toContain('v2');
  const nothing = await home.run('-C', inside, 'data', 'pull');
  expect(nothing.stdout).toBe(`Nothing newer: ${work} stands on mnist@v2.\n`);
  const refused = await refusal(home, ['-C', inside, 'data', 'init', 'inner']);
  expect(refused).toMatchObject({ code: 'bad-request', message: expect.stringContaining(work) });
  expect(await readdir(inside)).not.toContain('.forebay');
});

test('a working copy within the folder is refused by name', async () => {
  const outer = home.path('outer');
  await mkdir(join(outer, 'sub dir'), { recursive: true });
  await home.json('-C', join(outer, 'sub dir'), 'data', 'init', 'inner');
  await home.json('-C', outer, 'data', 'init', 'outer');
  const refused = await refusal(home, ['-C', outer, 'data', 'sync']);
  expect(refused).toMatchObject({ code: 'bad-request', hint: expect.stringContaining('"sub dir/.forebay"') });
  expect(await home.json('data', 'log', 'outer')).toEqual([]);
});

test('a pull with conflicts says what to do next', async () => {
  const copy = home.path('copy');
  await home.json('data', 'clone', 'mnist', copy);
  await writeFile(join(copy, 'a.txt'), 'mine');
  await writeFile(join(work, 'a.txt'), 'theirs');
  await home.json('-C', work, 'data', 'sync');
  const pulled = await home.run('-C', copy, 'data', 'pull');
  expect([pulled.code, pulled.stdout]).toEqual([
    1,
    expect.stringMatching(/a\.txt\n.*data clone mnist@v2 DIR.*\n.*data sync/),
  ]);
});

test('a tag that is taken can be taken off, as the hint says', async () => {
  await home.json('data', 'tag', 'mnist', 'raw');
  await write(work, { 'b.txt': 'B' });
  await home.json('-C', work, 'data', 'sync');
  const { hint } = await refusal(home, ['data', 'tag', 'mnist', 'raw']);
  expect(hint).toContain('forebay data untag NAME raw');
  expect(await home.json('data', 'untag', 'mnist', 'raw')).toEqual({ dataset: 'mnist', tag: 'raw' });
  await home.json('data', 'tag', 'mnist', 'raw');
  const log = await home.json<Array<Record<string, unknown>>>('data', 'log', 'mnist');
  expect(log[0]).toMatchObject({ tags: ['raw'], added: 1, changed: 0, removed: 0 });
});

test('clearing what is not cached names what is; detaching a cache says what it cleared', async () => {
  await home.json('cache', 'add', 'mnist@v1');
  await write(work, { 'b.txt': 'B' });
  await home.json('-C', work, 'data', 'sync');
  const { hint } = await refusal(home, ['cache', 'rm', 'mnist']);
  expect(hint).toBe('v1 is on local: forebay cache rm mnist@v1');
  expect((await home.run('cache-store', 'rm', 'local')).stdout).toBe(
    'Detached local; cleared 1 version (9 B), which the lake still holds.\n',
  );
});
