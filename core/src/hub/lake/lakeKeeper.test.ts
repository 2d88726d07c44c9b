import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDataset } from '../../dataset/catalog.ts';
import { Events } from '../events.ts';
import type { Database } from '../store/migrations.ts';
import { openStore } from '../store/open.ts';
import { LakeKeeper } from './lakeKeeper.ts';

let folder: string;
let db: Database;
let lakes: LakeKeeper;
const keeper = () =>
  new LakeKeeper({ db, events: new Events(), defaultLocation: { url: join(folder, 'lake') }, unasked: true });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forebay-lakes-'));
  db = await openStore(join(folder, 'hub.db'));
  lakes = keeper();
});
afterEach(async () => {
  await lakes.close();
  await db.destroy();
  await rm(folder, { recursive: true });
});

test('the default lake is made at its first use, once', async () => {
  expect(await lakes.info()).toBeNull();
  const [one, two] = await Promise.all([lakes.opened(), lakes.opened()]);
  expect(one).toBe(two);
  expect(await lakes.info()).toMatchObject({ id: one.id, url: join(folder, 'lake') });
});

test('a home has one lake, also when two are asked for at once', async () => {
  const answers = await Promise.allSettled([
    lakes.use({ url: join(folder, 'a') }),
    lakes.use({ url: join(folder, 'b') }),
  ]);
  expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected']);
  expect(answers[1]).toMatchObject({ reason: { code: 'lake-other' } });
  expect(await lakes.use({ url: join(folder, 'a', '.') })).toMatchObject({ url: join(folder, 'a') });
});

test('the default lake makes way for one that a person chooses, as long as nothing is in it', async () => {
  const { lake } = await lakes.opened();
  expect(await lakes.info()).toMatchObject({ settled: false });
  const chosen = join(folder, 'chosen');
  expect(await lakes.use({ url: chosen })).toMatchObject({ url: chosen, settled: true });
  await expect(lakes.use({ url: lake.url })).rejects.toMatchObject({ code: 'lake-other' });
});

test('the default lake stays where a person chose it, also after a restart', async () => {
  const url = join(folder, 'lake');
  await lakes.opened();
  expect(await lakes.use({ url })).toMatchObject({ url, settled: true });
  await lakes.close();
  lakes = keeper();
  await lakes.opened();
  expect(await lakes.info()).toMatchObject({ settled: true });
  await expect(lakes.use({ url: join(folder, 'other') })).rejects.toMatchObject({ code: 'lake-other' });
});

test('a default lake with a dataset in it stays', async () => {
  const { lake } = await lakes.opened();
  await createDataset(lake, { name: 'scans', description: '', author: 'ana' });
  expect(await lakes.info()).toMatchObject({ settled: true });
  await expect(lakes.use({ url: join(folder, 'chosen') })).rejects.toMatchObject({ code: 'lake-other' });
});

test('a lake that was replaced under the same address is not taken for the former one', async () => {
  await lakes.opened();
  await lakes.close();
  await rm(join(folder, 'lake'), { recursive: true });
  await expect(keeper().opened()).rejects.toMatchObject({ code: 'lake-missing' });
  const other = await mkdtemp(join(tmpdir(), 'forebay-other-'));
  const otherDb = await openStore(join(other, 'hub.db'));
  await new LakeKeeper({
    db: otherDb,
    events: new Events(),
    defaultLocation: { url: join(folder, 'lake') },
    unasked: true,
  }).opened();
  await otherDb.destroy();
  await rm(other, { recursive: true });
  await expect(keeper().opened()).rejects.toMatchObject({ code: 'lake-other' });
});

test('a failed opening is tried again at the next use', async () => {
  await lakes.opened();
  await lakes.close();
  await rename(join(folder, 'lake'), join(folder, 'away'));
  await expect(lakes.opened()).rejects.toMatchObject({ code: 'lake-missing' });
  await rename(join(folder, 'away'), join(folder, 'lake'));
  await lakes.opened();
});

test('credentials are kept in memory and written nowhere', async () => {
  const secret = 'the-secret-access-key';
  await lakes.use({
    url: join(folder, 'lake'),
    credentials: { accessKeyId: 'id', secretAccessKey: secret },
  });
  expect((await lakes.opened()).location.credentials?.secretAccessKey).toBe(secret);
  for (const name of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    expect(await readFile(join(name.parentPath, name.name), 'latin1')).not.toContain(secret);
  }
});
