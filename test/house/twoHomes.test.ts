import { mkdir, writeFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { fingerprint } from '../support/data/tree.ts';
import { type Home, newHome } from '../support/home.ts';

const homes: Home[] = [];
afterEach(async () => {
  for (const home of homes.splice(0).reverse()) await home.remove();
});

async function aHome(): Promise<Home> {
  const home = await newHome();
  homes.push(home);
  return home;
}

async function withT(home: Home, content: string): Promise<string> {
  const folder = home.path('work');
  await mkdir(folder);
  await writeFile(`${folder}/who.txt`, content);
  await home.json('-C', folder, 'data', 'init', 't');
  await home.json('-C', folder, 'data', 'sync');
  return folder;
}

test('two homes on one lake see the same versions, each with its own daemon', async () => {
  const one = await aHome();
  const two = await aHome();
  const lake = one.path('lake');
  const first = await one.json<{ pid: number }>('up', '--lake', lake);
  const second = await two.json<{ pid: number }>('up', '--lake', lake);
  expect(second.pid).not.toBe(first.pid);

  const work = await withT(one, 'one');
  await two.json('data', 'clone', 't', two.path('clone'));
  expect(await fingerprint(two.path('clone'))).toEqual(await fingerprint(work));
  await writeFile(two.path('clone', 'more.txt'), 'two');
  await two.json('-C', two.path('clone'), 'data', 'sync');
  expect(await one.json<unknown[]>('data', 'log', 't')).toHaveLength(2);
});

test('a cache folder belongs to one hub: a second home is refused, its own cache holds its own t@v1', async () => {
  const one = await aHome();
  const two = await aHome();
  await withT(one, 'one');
  await withT(two, 'two');
  const shared = one.path('shared-cache');
  await mkdir(shared);
  await one.json('cache-store', 'attach', 'shared', shared, '--capacity', '1GB');
  const refused = await two.run('cache-store', 'attach', 'shared', shared, '--capacity', '1GB', '--json');
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.stdout).error.code).toBe('cache-foreign');

  const mine = await one.json<{ path: string }>('mount', 't@v1');
  const theirs = await two.json<{ path: string }>('mount', 't@v1');
  expect(await fingerprint(mine.path)).toEqual(await fingerprint(one.path('work')));
  expect(await fingerprint(theirs.path)).toEqual(await fingerprint(two.path('work')));
});
