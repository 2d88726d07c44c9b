import { mkdir, statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { type CacheStore, ForebayError, isName } from '../../api/index.ts';
import { CacheDirectory } from '../../cache/directory.ts';
import { recoverCache } from '../../cache/recover.ts';
import { randomName } from '../../dataset/names.ts';
import { spaceOf } from '../../placement/room.ts';
import type { HubContext } from '../context.ts';
import { adoptReady } from '../placement/adopt.ts';
import { readRoom } from '../placement/holdings.ts';
import type { CacheRow } from '../store/tables.ts';
import { recentDisks, recentlyTemporary } from './disk.ts';

export const defaultCache = 'local';
/** A placement ages out one day after its last use unless its cache says otherwise. */
const defaultTtlSeconds = 86_400;
/** The default cache takes at most this share of its disk. */
const defaultShare = 0.25;

export interface NewCache {
  name: string;
  /** Absolute. */
  path: string;
  /** Bytes. */
  capacity: number;
  ttlSeconds?: number | undefined;
  /** Files, folders and links. */
  inodeCapacity?: number | undefined;
  scrub?: ScrubSettings | undefined;
}

export interface ScrubSettings {
  /** 0: never. */
  everySeconds?: number | undefined;
  bytesPerSecond?: number | undefined;
}

/** Throws `cache-exists`, `bad-path`, `bad-name`, `cache-foreign` or `cache-unfit`. */
export async function attachCache(hub: HubContext, request: NewCache): Promise<CacheRow> {
  checkCacheName(request.name);
  if (!isAbsolute(request.path)) {
    throw new ForebayError('bad-path', `'${request.path}' is not an absolute path.`, 'Write the whole path.');
  }
  const path = resolve(request.path);
  const known = await hub.db.selectFrom('cache').selectAll().execute();
  const same = known.find((cache) => cache.name === request.name || cache.path === path);
  if (same) throw existing(same);
  const { path: real } = await CacheDirectory.claim(path, hub.hubId, { create: true });
  const row = {
    id: randomName(),
    name: request.name,
    site: hostname(),
    path: real,
    capacity: request.capacity,
    ttl_seconds: request.ttlSeconds ?? defaultTtlSeconds,
    created: hub.clock.now(),
    inode_capacity: request.inodeCapacity ?? null,
    ...scrubColumns(request.scrub),
  };
  const { numInsertedOrUpdatedRows } = await hub.db
    .insertInto('cache')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (!numInsertedOrUpdatedRows) return cacheNamed(hub, request.name);
  const cache = await cacheNamed(hub, row.name);
  await adoptContents(hub, cache);
  hub.events.emit('cache', row.name);
  return cache;
}

export interface CacheChange {
  /** Bytes; what is beyond a smaller one goes when room is needed. */
  capacity?: number | undefined;
  ttlSeconds?: number | undefined;
  inodeCapacity?: number | null | undefined;
}

/** Throws `cache-unknown`. */
export async function changeCache(hub: HubContext, name: string, change: CacheChange): Promise<CacheRow> {
  const { id } = await cacheNamed(hub, name);
  const { capacity, ttlSeconds, inodeCapacity } = change;
  const columns = {
    ...(capacity === undefined ? {} : { capacity }),
    ...(ttlSeconds === undefined ? {} : { ttl_seconds: ttlSeconds }),
    ...(inodeCapacity === undefined ? {} : { inode_capacity: inodeCapacity }),
  };
  if (Object.keys(columns).length > 0) {
    await hub.db.updateTable('cache').set(columns).where('id', '=', id).execute();
    hub.events.emit('cache', name);
  }
  return cacheNamed(hub, name);
}

/** How often and how fast what is cached is read again. Throws `cache-unknown`. */
export async function setScrub(hub: HubContext, name: string, scrub: ScrubSettings): Promise<CacheRow> {
  const { id } = await cacheNamed(hub, name);
  const change = scrubColumns(scrub);
  if (Object.keys(change).length > 0) {
    await hub.db.updateTable('cache').set(change).where('id', '=', id).execute();
    hub.events.emit('cache', name);
  }
  return cacheNamed(hub, name);
}

function scrubColumns({ everySeconds, bytesPerSecond }: ScrubSettings = {}) {
  return {
    ...(everySeconds === undefined ? {} : { scrub_seconds: everySeconds }),
    ...(bytesPerSecond === undefined ? {} : { scrub_bytes_per_second: bytesPerSecond }),
  };
}

/** What stood there before (a database that was made anew, a cache attached again) is known again. */
async function adoptContents(hub: HubContext, row: CacheRow): Promise<void> {
  const directory = await CacheDirectory.open(row.path, hub.hubId);
  const found = await recoverCache(directory, [], AbortSignal.abort());
  if (found.ready.length === 0) return;
  await hub.lakes.opened();
  await adoptReady(hub, row, found);
}

/** By name; the default cache is made when first asked for. Throws `cache-unknown`. */
export async function cacheNamed(hub: HubContext, name: string = defaultCache): Promise<CacheRow> {
  const row = await hub.db.selectFrom('cache').selectAll().where('name', '=', name).executeTakeFirst();
  if (row) return row;
  if (name === defaultCache) return makeDefaultCache(hub);
  const names = await hub.db.selectFrom('cache').select('name').orderBy('name').execute();
  const known =
    names.length > 0 ? `Attached are: ${names.map((cache) => cache.name).join(', ')}.` : undefined;
  throw new ForebayError('cache-unknown', `There is no cache '${name}'.`, known);
}

async function makeDefaultCache(hub: HubContext): Promise<CacheRow> {
  const path = hub.cacheFolder;
  await mkdir(path, { recursive: true });
  const disk = await statfs(path);
  return attachCache(hub, {
    name: defaultCache,
    path,
    capacity: Math.floor(disk.blocks * disk.bsize * defaultShare),
  });
}

export async function listCaches(hub: HubContext): Promise<CacheRow[]> {
  return hub.db.selectFrom('cache').selectAll().orderBy('name').execute();
}

export async function describeCache(hub: HubContext, row: CacheRow): Promise<CacheStore> {
  const disk = await recentDisks.get(row.path);
  const space = spaceOf(await readRoom(hub, hub.db, row, disk));
  return {
    id: row.id,
    name: row.name,
    site: row.site,
    path: row.path,
    capacity: row.capacity,
    used: space.used,
    reserved: space.reserved,
    free: space.free,
    inodesFree: space.inodesFree,
    inodeCapacity: row.inode_capacity,
    ttlSeconds: row.ttl_seconds,
    temporary: await recentlyTemporary.get(row.path),
    reachable: disk.reachable,
  };
}

function checkCacheName(name: string): void {
  if (isName(name)) return;
  throw new ForebayError(
    'bad-name',
    `'${name}' can't be a cache's name.`,
    'Use 1 to 63 lower-case letters, digits, dots, hyphens and underscores, beginning with a letter or digit.',
  );
}

function existing(cache: CacheRow): ForebayError {
  return new ForebayError(
    'cache-exists',
    `There is a cache '${cache.name}' already, at ${cache.path}.`,
    `Detach it first (forebay cache-store rm ${cache.name}), or choose another name and folder.`,
  );
}
