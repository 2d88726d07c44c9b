import { userInfo } from 'node:os';
import { formatRef, type Job, type Selector } from '../../api/index.ts';
import { listDeleted } from '../../dataset/catalog.ts';
import { pickVersion } from '../../dataset/history.ts';
import { randomName } from '../../dataset/names.ts';
import { findWorkingCopy } from '../../dataset/workingCopy/workingCopy.ts';
import type { HubContext } from '../context.ts';
import type { Work } from '../jobs/jobs.ts';
import type { CollectTask, RepackTask, RepairTask } from '../jobs/task.ts';
import { workingFolder } from '../workingCopy/folder.ts';
import { learnDamage } from './damage.ts';

type HouseTask = CollectTask | RepackTask | RepairTask;

/** Garbage of one dataset; null: of all, and of those that were deleted. Throws `dataset-unknown`. */
export async function collectGarbage(
  hub: HubContext,
  request: { dataset: string | null; dryRun: boolean; olderThanSeconds: number },
): Promise<Job> {
  const { dataset: name, dryRun, olderThanSeconds } = request;
  const { lake, location, id: lakeId } = await hub.lakes.opened();
  const datasets =
    name === null
      ? [
          ...(await hub.catalog.list()).map((each) => ({ id: each.id, name: each.name, deleted: false })),
          ...(await listDeleted(lake)).map((each) => ({ ...each, deleted: true })),
        ]
      : [await named(hub, name)];
  const task: CollectTask = {
    kind: 'collect',
    lake: location,
    lakeId,
    datasets,
    author: userInfo().username,
    dryRun,
    olderThan: olderThanSeconds * 1000,
  };
  const of = name ?? 'the lake';
  return start(
    hub,
    dryRun ? `Looking for garbage of ${of}` : `Collecting garbage of ${of}`,
    name,
    null,
    task,
  );
}

async function named(hub: HubContext, name: string) {
  const { dataset } = await hub.catalog.dataset(name);
  return { id: dataset.id, name: dataset.name, deleted: false };
}

/** Throws `dataset-unknown`. */
export async function repackDataset(hub: HubContext, name: string, dryRun: boolean): Promise<Job> {
  const { opened, dataset } = await hub.catalog.dataset(name);
  const { location: lake, id: lakeId } = opened;
  const author = userInfo().username;
  const { id } = dataset;
  return start(hub, dryRun ? `Looking what to repack of ${name}` : `Repacking ${name}`, name, null, {
    kind: 'repack',
    lake,
    lakeId,
    dataset: { id, name },
    author,
    dryRun,
  });
}

/**
 * Heals what is damaged from what is cached here, and from `folder`. No selector: all versions.
 * Throws `dataset-unknown`, `version-unknown`, `folder-unknown`.
 */
export async function repairDataset(
  hub: HubContext,
  request: { dataset: string; selector: Selector | undefined; folder: string | undefined },
): Promise<Job> {
  const { dataset: name, selector, folder } = request;
  const { opened, dataset, history } = await hub.catalog.dataset(name);
  const version = selector ? pickVersion(history, name, selector).version : null;
  const folders = await cachedFolders(hub, opened.id, dataset.id);
  if (folder !== undefined) {
    const path = await workingFolder(folder);
    folders.push({ path, name: path, workingCopy: (await findWorkingCopy(path)) !== undefined });
  }
  const { location: lake, id: lakeId } = opened;
  const task: RepairTask = {
    kind: 'repair',
    lake,
    lakeId,
    dataset: { id: dataset.id, name },
    version,
    folders,
    author: userInfo().username,
  };
  const title = `Repairing ${version === null ? name : formatRef(name, version)}`;
  return start(hub, title, name, version, task, (outcome) => learnDamage(hub, dataset.id, outcome));
}

async function cachedFolders(
  hub: HubContext,
  lakeId: string,
  datasetId: string,
): Promise<RepairTask['folders']> {
  const rows = await hub.db
    .selectFrom('placement')
    .innerJoin('cache', 'cache.id', 'placement.cache_id')
    .select(['placement.path', 'cache.name'])
    .where('placement.lake_id', '=', lakeId)
    .where('placement.dataset_id', '=', datasetId)
    .where('placement.state', '=', 'ready')
    .orderBy('placement.version', 'desc')
    .execute();
  return rows.flatMap(({ path, name }) => {
    return path === null ? [] : [{ path, name: `the cache '${name}'`, workingCopy: false }];
  });
}

async function start(
  hub: HubContext,
  title: string,
  dataset: string | null,
  version: number | null,
  task: HouseTask,
  settle: Work['settle'] = async (outcome) => outcome,
): Promise<Job> {
  const job = { id: randomName(), kind: task.kind, title, dataset, version };
  return hub.jobs.create(
    { ...job, cache: null, folder: null, placementId: null },
    { run: (control) => hub.runTask(task, control), settle },
  );
}
