import { ForebayError, formatPart, type Job, type VerifyResult } from '../../api/index.ts';
import { randomName } from '../../dataset/names.ts';
import type { HubContext } from '../context.ts';
import type { CacheRow, PlacementRow } from '../store/tables.ts';
import { markDamaged } from './damage.ts';
import { selectPlacements } from './holdings.ts';
import { partOfRow, placed, selectionOfRow } from './part.ts';

/** Reads every byte of a ready placement again. Throws `not-cached`. */
export async function verifyPlacement(hub: HubContext, id: string): Promise<Job> {
  const row = await selectPlacements(hub.db).where('placement.id', '=', id).executeTakeFirst();
  if (row?.state !== 'ready') {
    throw new ForebayError(
      'not-cached',
      row ? `It is ${row.state}, not ready.` : `There is no placement '${id}'.`,
    );
  }
  const cache = await hub.db
    .selectFrom('cache')
    .selectAll()
    .where('id', '=', row.cache_id)
    .executeTakeFirstOrThrow();
  const selection = selectionOfRow(row);
  const selector = { kind: 'number', number: row.version } as const;
  const { opened, dataset, version } = await hub.catalog.version(row.dataset_name, selector);
  const job = {
    id: randomName(),
    kind: 'cache-verify' as const,
    title: `Verifying ${formatPart(row.dataset_name, row.version, selection)} on ${row.cache_name}`,
    dataset: row.dataset_name,
    version: row.version,
    cache: row.cache_name,
    folder: null,
    placementId: id,
  };
  return hub.jobs.create(job, {
    run: (control) =>
      hub.runTask(
        {
          kind: 'cache-verify',
          lake: opened.location,
          lakeId: opened.id,
          cache: cache.path,
          hubId: hub.hubId,
          dataset: { id: dataset.id, name: dataset.name },
          version: placed(version, partOfRow(row)),
        },
        control,
      ),
    settle: async (outcome) => {
      if (outcome.state === 'done') await afterVerify(hub, cache, row, outcome.result as VerifyResult);
      return outcome;
    },
  });
}

/** What was proved needn't be scrubbed soon; what is wrong isn't handed out any more, and is healed. */
async function afterVerify(
  hub: HubContext,
  cache: CacheRow,
  row: PlacementRow,
  { ok, problems }: VerifyResult,
): Promise<void> {
  const paths = problems.map((problem) => problem.path).filter((path) => path !== '');
  if (!ok) {
    await markDamaged(hub, cache, { row, paths, shared: [] });
    return;
  }
  await hub.db
    .updateTable('placement')
    .set({ verified: hub.clock.now() })
    .where('id', '=', row.id)
    .where('fill_id', '=', row.fill_id)
    .execute();
}
