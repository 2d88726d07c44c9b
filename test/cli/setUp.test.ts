import { mkdir, readdir } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Home } from '../support/home.ts';
import { refusal, sourceHome, withMnist, write } from './support.ts';

let home: Home;
beforeEach(async () => {
  home = await sourceHome();
});
afterEach(() => home.remove());

test('a start of the daemon chooses no lake for good; `up --lake` does', async () => {
  expect(await home.json('up')).toMatchObject({ lake: { url: home.path('home', 'lake'), settled: false } });
  expect(await home.json('up', '--lake', 'shelf')).toMatchObject({
    lake: { url: home.path('shelf'), settled: true },
  });
  expect((await refusal(home, ['up', '--lake', 'other'])).code).toBe('lake-other');
});

test('`lake test` tries a place before it is used and leaves nothing there', async () => {
  const asked = await refusal(home, ['lake', 'test']);
  expect([asked.code, asked.hint]).toEqual(['lake-missing', expect.stringContaining('lake test URL')]);
  const works = await home.run('lake', 'test', 'shelf');
  expect(works.code).toBe(0);
  expect(works.stdout).toMatch(/Write only if absent/);
  expect(works.stdout).toMatch(/shelf can be used\.\n$/);
  expect(await readdir(home.folder)).not.toContain('shelf');
  await write(home.folder, { file: '' });
  const broken = await home.run('lake', 'test', 'file');
  expect(broken.code).toBe(1);
  expect(broken.stdout).toMatch(/file can't be used as it is\.\n$/);
  await withMnist(home);
  expect(await home.json('lake', 'test')).toMatchObject({ ok: true, holds: 'lake', datasets: 1 });
});

test('`cache-store test` tries a folder, and a cache by its name', async () => {
  await mkdir(home.path('fast'));
  const folder = await home.run('cache-store', 'test', './fast');
  expect(folder.code).toBe(0);
  expect(folder.stdout).toMatch(/fast can be a cache, of up to [\d.]+ [kMGT]B say\.\n$/);
  expect(await readdir(home.path('fast'))).toEqual([]);
  await home.json('cache-store', 'attach', 'fast', home.path('fast'), '--capacity', '5MB');
  expect((await home.run('cache-store', 'test', 'fast')).stdout).toMatch(/fast works\.\n$/);
  const taken = await home.run('cache-store', 'test', './fast');
  expect([taken.code, taken.stdout]).toEqual([1, expect.stringContaining("is the cache 'fast' already")]);
  expect((await refusal(home, ['cache-store', 'test', 'nowhere'])).code).toBe('cache-unknown');
});

test('`cache-store set` changes what it is told to, and nothing else', async () => {
  await home.json('cache-store', 'attach', 'fast', home.path('fast'), '--capacity', '5MB');
  const set = await home.run('cache-store', 'set', 'fast', '--capacity', '7MB');
  expect(set.stdout).toMatch(/^fast holds up to 7(\.0)? MB, each version for (1 day|24 h|1 d)/);
  expect(await home.json('cache-store', 'set', 'fast', '--ttl', '12h')).toMatchObject({
    capacity: 7e6,
    ttlSeconds: 43_200,
  });
  const nothing = await home.run('cache-store', 'set', 'fast');
  expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('Say what to change')]);
});

test('`data describe` says what a dataset is and changes it', async () => {
  await withMnist(home);
  expect((await home.run('data', 'describe', 'mnist')).stdout).toBe('mnist\nNo description yet.\n');
  await home.json('data', 'describe', 'mnist', '--label', 'digits', '--label', 'small');
  await home.json('data', 'describe', 'mnist', '-m', 'Written digits');
  const said = await home.run('data', 'describe', 'mnist', '--unlabel', 'small');
  expect(said.stdout).toBe('mnist\nWritten digits\nLabels: digits\n');
});
