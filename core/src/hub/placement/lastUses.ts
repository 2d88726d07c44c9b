import type { LastUse } from '../../api/index.ts';
import type { HubContext } from '../context.ts';

/** When each version of the lake was last used from a cache, whether it is there now or was once; by name, newest first. */
export async function lastUses({ db, catalog, lakes }: HubContext, dataset?: string): Promise<LastUse[]> {
  const { id } = await lakes.opened();
  const names = new Map((await catalog.list()).map((each) => [each.id, each.name]));
  const rows = await db
    .selectFrom('version_use')
    .select(['dataset_id', 'version', 'last'])
    .where('lake_id', '=', id)
    .unionAll(
      db
        .selectFrom('placement')
        .select(['dataset_id', 'version', 'last_used as last'])
        .where('lake_id', '=', id)
        .where('state', 'in', ['ready', 'evicting'])
        .where('path', 'is not', null),
    )
    .execute();
  const found = new Map<string, { dataset: string; version: number; last: number }>();
  for (const { dataset_id, version, last } of rows) {
    const name = names.get(dataset_id);
    if (name === undefined || (dataset !== undefined && dataset !== name)) continue;
    const key = `${dataset_id} ${version}`;
    found.set(key, { dataset: name, version, last: Math.max(last, found.get(key)?.last ?? 0) });
  }
  return [...found.values()]
    .sort((a, b) => (a.dataset === b.dataset ? b.version - a.version : a.dataset < b.dataset ? -1 : 1))
    .map(({ last, ...use }) => ({ ...use, lastUsed: new Date(last).toISOString() }));
}
