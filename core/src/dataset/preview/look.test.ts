import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { control } from '../testing/lake.ts';
import { beginSyncing } from '../testing/syncing.ts';
import { lookAtFolder } from './look.ts';

vi.setConfig({ testTimeout: 60_000 });

test('what lies in the shown folder is marked, however much changed before it in path order', async () => {
  const world = await beginSyncing();
  for (const folder of ['a', 'b']) await mkdir(join(world.folder, folder));
  await Promise.all(Array.from({ length: 5100 }, (_, nth) => world.write(`a/${nth}`, '')));
  await world.write('b/new', '');
  const look = (shown: string) =>
    lookAtFolder({ ...world, shown, filesMost: null, changesMost: 2 }, control());
  expect(await look('')).toEqual({
    ...{ added: 5101, changed: 0, removed: 0 },
    items: [
      { name: 'a', is: 'added', count: 5100 },
      { name: 'b', is: 'added', count: 1 },
    ],
    changes: [
      { path: 'a/0', is: 'added' },
      { path: 'a/1', is: 'added' },
    ],
  });
  expect((await look('b'))?.items).toEqual([{ name: 'new', is: 'added', count: 1 }]);
});

test('a folder of too many files is not walked to its end', async () => {
  const world = await beginSyncing();
  await Promise.all(Array.from({ length: 20 }, (_, nth) => world.write(`${nth}`, '')));
  const look = (filesMost: number) =>
    lookAtFolder({ ...world, shown: '', filesMost, changesMost: 0 }, control());
  expect(await look(20)).toMatchObject({ added: 20 });
  expect(await look(19)).toBeNull();
});
