import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLake } from '../lake/open.ts';
import { randomName } from './names.ts';
import { openRepository } from './repository.ts';
import { changedLake, collect, temporaryFolder, temporaryLake } from './testing/lake.ts';

test('a lake is made once and has its id for life', async () => {
  const url = join(await temporaryFolder(), 'deep', 'lake');
  await expect(openRepository(openLake({ url }), { create: false })).rejects.toMatchObject({
    code: 'lake-missing',
  });
  const opened = await Promise.all(
    Array.from({ length: 4 }, () => openRepository(openLake({ url }), { create: true })),
  );
  expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
  const lake = openLake({ url });
  expect(await openRepository(lake, { create: false })).toEqual(opened[0]);
  expect((await collect(lake.list(''))).map(({ key }) => key)).toEqual(['forebay.json']);
});

test.each([
  ['{"format":"forebay-lake","version":2,"id":"a"}', /format version 2/],
  ['{"format":"restic"}', /isn't a Forebay lake's/],
  ['', /isn't a Forebay lake's/],
])('a lake that says %s is refused', async (text, message) => {
  const lake = await temporaryLake();
  await lake.put('forebay.json', Buffer.from(text));
  await expect(openRepository(lake, { create: true })).rejects.toMatchObject({
    code: 'lake-format',
    message: expect.stringMatching(message),
  });
});

test('a store that ignores conditional writes is refused before anything is in it', async () => {
  const lake = await temporaryLake();
  const careless = changedLake(lake, {
    putIfAbsent: async (key, body) => {
      await lake.put(key, body);
      return { created: true };
    },
  });
  await expect(openRepository(careless, { create: true })).rejects.toMatchObject({ code: 'lake-unsafe' });
  expect(await collect(lake.list(''))).toEqual([]);
});

test('a lake whose logs are written elsewhere is refused here', async () => {
  const lake = await temporaryLake();
  const { id } = await openRepository(lake, { create: true });
  const endpoint = 'https://grid.example';
  const record = { kind: 'home', id: randomName(), time: '2026-01-02T03:04:05.678Z', author: 'a', endpoint };
  await lake.putIfAbsent('catalog/0000000001.json', Buffer.from(JSON.stringify(record)));
  await expect(openRepository(lake, { create: false })).rejects.toMatchObject({ code: 'lake-other' });
  expect(await openRepository(lake, { create: false, endpoint })).toEqual({ id });
});
