import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import type { FormerUse, Settings } from './settings.ts';
import type { CacheRow } from './tables.ts';

/** What of a database that is set aside counts for the one made anew; what can't be read of it is empty. */
export interface SetAside {
  /** Where it lies now; null: there was none. */
  aside: string | null;
  lake: Settings['lake'] | undefined;
  caches: CacheRow[];
  /** By fill: pins and leases that held. */
  use: Settings['formerUse'];
}

/**
 * Puts the database at `path` aside, under a name that says when, and reads from it which lake and caches this home has, and what
 * is pinned or in use: nothing but that is not in the lake or in a cache. The caller holds the lock.
 */
export async function setAside(path: string, now: Date): Promise<SetAside> {
  if (!existsSync(path)) return { aside: null, lake: undefined, caches: [], use: {} };
  const aside = `${path}.${now.toISOString().replace(/[:.]/g, '-')}`;
  // The log goes first: without its database it is worth nothing, while a database without it looks whole.
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(`${path}${suffix}`)) await rename(`${path}${suffix}`, `${aside}${suffix}`);
  }
  const lake = read(aside, "SELECT value FROM setting WHERE key = 'lake'")[0];
  const caches = read(aside, 'SELECT id, name, site, path, capacity, ttl_seconds, created FROM cache');
  // A database of an earlier schema doesn't have these: then what is preset counts.
  const kept = read(aside, 'SELECT id, inode_capacity, scrub_seconds, scrub_bytes_per_second FROM cache');
  return {
    aside,
    lake: typeof lake?.value === 'string' ? (JSON.parse(lake.value) as Settings['lake']) : undefined,
    caches: caches.map((cache) => ({
      ...cache,
      ...kept.find(({ id }) => id === cache.id),
    })) as unknown as CacheRow[],
    use: formerUse(aside),
  };
}

function formerUse(aside: string): Settings['formerUse'] {
  const ready = read(aside, "SELECT id, fill_id, pinned, last_used FROM placement WHERE state = 'ready'");
  const leases = read(aside, 'SELECT id, placement_id, kind, pid, started, label, since FROM lease');
  return Object.fromEntries(
    ready.map(({ id, fill_id, pinned, last_used }) => {
      const held = leases.filter(({ placement_id }) => placement_id === id);
      const rest = held.map(({ placement_id, ...lease }) => lease);
      return [fill_id, { pinned, last_used, leases: rest } as unknown as FormerUse];
    }),
  );
}

/** Nothing where the database can't be read. */
function read(path: string, sql: string): Record<string, unknown>[] {
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      return database.prepare(sql).all() as Record<string, unknown>[];
    } finally {
      database.close();
    }
  } catch {
    return [];
  }
}
