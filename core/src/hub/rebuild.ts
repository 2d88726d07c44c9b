import { existsSync } from 'node:fs';
import type { Rebuilt } from '../api/index.ts';
import { layout } from '../cache/layout.ts';
import { cacheNamed } from './cache/caches.ts';
import type { HubContext } from './context.ts';
import type { Database } from './store/migrations.ts';
import type { SetAside } from './store/setAside.ts';
import { readSetting, writeSetting } from './store/settings.ts';

/** Enters into a new database what the former one knew and nobody else does. `now`: milliseconds. */
export async function enterFormer(db: Database, former: SetAside, now: number): Promise<void> {
  await db.transaction().execute(async (db) => {
    if (former.lake) await writeSetting(db, 'lake', former.lake);
    for (const cache of former.caches) await db.insertInto('cache').values(cache).execute();
    await writeSetting(db, 'formerUse', former.use);
    await writeSetting(db, 'born', { time: now, rebuilt: true });
    await writeSetting(db, 'rebuilt', { time: now, aside: former.aside });
  });
}

/** Where nothing told of caches, the default one is taken up again if it is there. */
export async function findDefaultCache(hub: HubContext): Promise<void> {
  const known = await hub.db.selectFrom('cache').select('id').executeTakeFirst();
  if (known || !existsSync(layout.claim(hub.cacheFolder))) return;
  await cacheNamed(hub);
}

/** What the newest rebuild found; null where this database was never made anew on request. */
export async function describeRebuild(hub: HubContext): Promise<Rebuilt | null> {
  const rebuilt = await readSetting(hub.db, 'rebuilt');
  if (!rebuilt) return null;
  const caches = await hub.db
    .selectFrom('cache')
    .select(['name', 'path'])
    .select((query) =>
      query
        .selectFrom('placement')
        .whereRef('placement.cache_id', '=', 'cache.id')
        .select((count) => count.fn.countAll<number>().as('count'))
        .as('placements'),
    )
    .orderBy('name')
    .execute();
  return {
    time: new Date(rebuilt.time).toISOString(),
    aside: rebuilt.aside,
    caches: caches.map((cache) => ({ ...cache, placements: Number(cache.placements) })),
    quietUntil: new Date(hub.quietUntil).toISOString(),
  };
}
