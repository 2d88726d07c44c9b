import { selectionText } from '../../api/index.ts';
import type { HubContext } from '../context.ts';
import type { FillTask } from '../jobs/task.ts';
import type { CacheRow } from '../store/tables.ts';
import { partOfRow, placed, type WantedVersion } from './part.ts';

/** `heal`: what is wanted stands there itself, damaged. */
export type Lenders = Pick<FillTask, 'reuse' | 'heal'>;

/** Ready versions of the dataset and parts of them on this cache, whose files a fill may hard-link, and which of them it must not. */
export async function lendersOf(
  hub: HubContext,
  cache: CacheRow,
  { opened, dataset, version, selection = null }: WantedVersion,
): Promise<Lenders> {
  const rows = await hub.db
    .selectFrom('placement')
    .select(['version', 'selection', 'files', 'bytes', 'state', 'damage'])
    .where('cache_id', '=', cache.id)
    .where('lake_id', '=', opened.id)
    .where('dataset_id', '=', dataset.id)
    .execute();
  const own = rows.find(
    (row) => row.version === version.version && row.selection === selectionText(selection),
  );
  const heal = typeof own?.damage === 'string';
  const lending = rows.filter((row) => (row === own ? heal : row.state === 'ready'));
  if (lending.length === 0) return { reuse: [], heal };
  const { history } = await hub.catalog.dataset(dataset.name);
  const reuse = lending.flatMap((row) => {
    const found = history.versions.find((each) => each.version === row.version);
    return found ? [{ ...placed(found, partOfRow(row)), damaged: damagedPaths(row) }] : [];
  });
  return { reuse, heal };
}

export function damagedPaths(row: { damage: string | null }): string[] {
  return row.damage === null ? [] : (JSON.parse(row.damage) as string[]);
}
