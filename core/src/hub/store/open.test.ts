import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { schemaVersion } from '../../api/version.ts';
import { openNodeSqlite } from '../../store/nodeSqlite.ts';
import { migrations } from './migrations.ts';
import { openStore } from './open.ts';
import { readSetting, writeSetting } from './settings.ts';
import type { LeaseRow, Tables } from './tables.ts';

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

test('the schema that a daemon tells of is the one that its migrations lead to', () => {
  expect(schemaVersion).toBe(migrations.length);
});

test('a database of the first schema keeps what is in it', async () => {
  const path = join(folder, 'hub.db');
  const old = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openNodeSqlite(path) }) });
  await migrations[0]?.(old as unknown as Kysely<never>);
  await old.schema.createTable('schema').addColumn('version', 'integer').execute();
  await sql`insert into schema values (1)`.execute(old);
  await old
    .insertInto('cache')
    .values({ id: 'c', name: 'local', site: 's', path: '/c', capacity: 7, ttl_seconds: 1, created: 0 })
    .execute();
  await old.destroy();
  const db = await openStore(path);
  expect(await db.selectFrom('cache').selectAll().execute()).toMatchObject([
    { name: 'local', capacity: 7, inode_capacity: null, trash_bytes: 0, scrub_seconds: 2_592_000 },
  ]);
  await db.destroy();
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

test('a version, and each part of it, has at most one placement on a cache', async () => {
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
  const part = (id: string) => ({ ...placement(id), selection: '{"exclude":[],"include":["a"]}' });
  await db.insertInto('placement').values(part('r')).execute();
  await expect(db.insertInto('placement').values(part('s')).execute()).rejects.toThrow(/UNIQUE/);
  await db.destroy();
});

test('a database of the first schema keeps its placements and leases, and a lease still goes with its placement', async () => {
  const path = join(folder, 'hub.db');
  const old = new Kysely<Record<string, Record<string, unknown>>>({
    dialect: new SqliteDialect({ database: openNodeSqlite(path) }),
  });
  await migrations[0]?.(old as unknown as Kysely<never>);
  await old.schema.createTable('schema').addColumn('version', 'integer').execute();
  await old.insertInto('schema').values({ version: 1 }).execute();
  const cache = { id: 'c', name: 'local', site: 's', path: '/c', capacity: 1, ttl_seconds: 1, created: 0 };
  await old.insertInto('cache').values(cache).execute();
  const placement = {
    ...{ id: 'p', cache_id: 'c', lake_id: 'l', dataset_id: 'd', dataset_name: 'd', version: 1, digest: 'x' },
    ...{ state: 'ready', files: 1, bytes: 2, stored_bytes: 3, stored_inodes: 4, fill_id: 'f', path: '/p' },
    ...{ inode: '9', last_used: 5, pinned: 1, job_id: null, problem: null },
  };
  await old.insertInto('placement').values(placement).execute();
  const lease = { id: 'k', placement_id: 'p', kind: 'process', pid: 7, started: '8', label: null, since: 6 };
  await old.insertInto('lease').values(lease).execute();
  await old.destroy();
  const db = await openStore(path);
  expect(await db.selectFrom('placement').selectAll().execute()).toMatchObject([
    { ...placement, selection: '' },
  ]);
  expect(await db.selectFrom('lease').selectAll().execute()).toEqual([lease]);
  await expect(
    db
      .insertInto('lease')
      .values({ ...(lease as LeaseRow), id: 'other', placement_id: 'nobody' })
      .execute(),
  ).rejects.toThrow(/FOREIGN KEY/);
  await db.deleteFrom('placement').execute();
  expect(await db.selectFrom('lease').selectAll().execute()).toEqual([]);
  await db.destroy();
});
