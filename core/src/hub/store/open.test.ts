import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from './open.ts';
import { readSetting, writeSetting } from './settings.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forebay-store-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('what was written is there when the database is opened again', async () => {
  const first = await openStore(join(folder, 'hub.db'));
  await writeSetting(first, 'born', { time: 1, rebuilt: false });
  await writeSetting(first, 'born', { time: 2, rebuilt: false });
  await first.destroy();
  const second = await openStore(join(folder, 'hub.db'));
  expect(await readSetting(second, 'born')).toEqual({ time: 2, rebuilt: false });
  await second.destroy();
});

test('a newer schema is refused and left as it is', async () => {
  const path = join(folder, 'hub.db');
  await (await openStore(path)).destroy();
  const database = new DatabaseSync(path);
  database.exec('UPDATE schema SET version = 999');
  await expect(openStore(path)).rejects.toMatchObject({ code: 'daemon-newer' });
  expect(database.prepare('SELECT version FROM schema').get()).toEqual({ version: 999 });
  database.close();
});

test('a version has at most one placement on a cache', async () => {
  const db = await openStore(join(folder, 'hub.db'));
  await db
    .insertInto('cache')
    .values({ id: 'c', name: 'local', site: 's', path: '/c', capacity: 1, ttl_seconds: 1, created: 0 })
    .execute();
  const placement = (id: string) => ({
    id,
    cache_id: 'c',
    lake_id: 'l',
    dataset_id: 'd',
    dataset_name: 'd',
    version: 1,
    digest: 'sha256:0',
    state: 'queued' as const,
    files: 1,
    bytes: 1,
    stored_bytes: 1,
    stored_inodes: 1,
    fill_id: 'f',
    path: null,
    inode: null,
    last_used: 0,
    job_id: null,
    problem: null,
  });
  await db.insertInto('placement').values(placement('p')).execute();
  await expect(db.insertInto('placement').values(placement('q')).execute()).rejects.toThrow(/UNIQUE/);
  await db.destroy();
});
