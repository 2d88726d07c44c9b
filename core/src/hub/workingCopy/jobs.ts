import { userInfo } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import {
  ForebayError,
  formatPart,
  type Job,
  type JobKind,
  type Ref,
  type Selection,
} from '../../api/index.ts';
import { snapshotOf } from '../../dataset/log/log.ts';
import { keyOf, randomName } from '../../dataset/names.ts';
import { readWorkingCopy } from '../../dataset/workingCopy.ts';
import type { HubContext } from '../context.ts';
import { knownDamage } from '../house/damage.ts';
import type { Task } from '../jobs/task.ts';
import { realFolder, workingFolder } from './folder.ts';

export interface SyncRequest {
  folder: string;
  message?: string | undefined;
  author?: string | undefined;
  replace?: boolean | undefined;
}

/** Makes a version of the folder. Throws `folder-busy` while another job works on it. */
export async function syncFolder(hub: HubContext, request: SyncRequest): Promise<Job> {
  const folder = await workingFolder(request.folder);
  const { name, id: datasetId } = (await readWorkingCopy(folder)).dataset;
  const { location, id, lake } = await hub.lakes.opened();
  return start(
    hub,
    { title: `Syncing ${name}`, dataset: name, version: null },
    {
      kind: 'sync',
      lake: location,
      lakeId: id,
      folder,
      message: request.message ?? '',
      author: request.author ?? userInfo().username,
      replace: request.replace ?? false,
      damaged: await knownDamage(hub, datasetId),
      log: snapshotOf(lake, keyOf.log(datasetId)),
    },
  );
}

/** Brings newer versions into the folder. Throws `folder-busy`. */
export async function pullFolder(hub: HubContext, asked: string): Promise<Job> {
  const folder = await workingFolder(asked);
  const { name } = (await readWorkingCopy(folder)).dataset;
  const { location, id } = await hub.lakes.opened();
  return start(
    hub,
    { title: `Pulling ${name}`, dataset: name, version: null },
    {
      kind: 'pull',
      lake: location,
      lakeId: id,
      folder,
    },
  );
}

/** A new working copy, of a part if one is selected, in a folder that may not be there yet. Throws `folder-busy`, `dataset-unknown`, ... */
export async function cloneFolder(
  hub: HubContext,
  ref: Ref,
  asked: string,
  selection: Selection | null,
): Promise<Job> {
  if (!isAbsolute(asked)) {
    throw new ForebayError('bad-path', `'${asked}' is not an absolute path.`, 'Write the whole path.');
  }
  const folder = await realFolder(asked).catch(async () =>
    join(await realFolder(dirname(asked)), basename(asked)),
  );
  const { opened, dataset, version } = await hub.catalog.find(ref);
  const title = `Cloning ${formatPart(dataset.name, version.version, selection)}`;
  return start(
    hub,
    { title, dataset: dataset.name, version: version.version },
    {
      kind: 'clone',
      lake: opened.location,
      lakeId: opened.id,
      dataset: { id: dataset.id, name: dataset.name },
      version,
      folder,
      selection,
    },
  );
}

type Subject = { title: string; dataset: string; version: number | null };

async function start(
  hub: HubContext,
  subject: Subject,
  task: Task & { kind: JobKind; folder: string },
): Promise<Job> {
  const other = hub.jobs.onFolder(task.folder);
  if (other) {
    throw new ForebayError(
      'folder-busy',
      `${task.folder} is being worked on: ${other.title} (job ${other.id}).`,
      'Wait until it has ended, or cancel it.',
    );
  }
  const job = {
    id: randomName(),
    kind: task.kind,
    ...subject,
    cache: null,
    folder: task.folder,
    placementId: null,
  };
  return hub.jobs.create(job, {
    run: (control) => hub.runTask(task, control),
    async settle(outcome) {
      if (outcome.state === 'done') hub.events.emit('dataset', subject.dataset);
      return outcome;
    },
  });
}
