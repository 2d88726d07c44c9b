import { userInfo } from 'node:os';
import { basename } from 'node:path';
import {
  ForebayError,
  formatPart,
  type Job,
  type JobKind,
  type PullChoice,
  type Ref,
  type Selection,
  type SyncResult,
} from '../../api/index.ts';
import { snapshotOf } from '../../dataset/log/log.ts';
import { keyOf, randomName } from '../../dataset/names.ts';
import { findWorkingCopy, readWorkingCopy } from '../../dataset/workingCopy/workingCopy.ts';
import type { HubContext } from '../context.ts';
import { knownDamage } from '../house/damage.ts';
import type { Task } from '../jobs/task.ts';
import type { Made, MadeNote } from '../lineage/made.ts';
import { newFolder, workingFolder } from './folder.ts';

export interface SyncRequest {
  folder: string;
  message?: string | undefined;
  author?: string | undefined;
  replace?: boolean | undefined;
}

/** Makes a version of the folder; `made` is told of it before the job ends. Throws `folder-busy` while another job works on it. */
export async function syncFolder(hub: HubContext, request: SyncRequest, made?: Made): Promise<Job> {
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
    await made?.(name),
  );
}

/** Looks what a sync of the folder would make; it may be no working copy yet. Throws `folder-busy`. */
export async function previewFolder(hub: HubContext, asked: string): Promise<Job> {
  const folder = await workingFolder(asked);
  const { location, id } = await hub.lakes.opened();
  const name = (await findWorkingCopy(folder))?.dataset.name ?? null;
  const title = `Comparing ${basename(folder)}`;
  return start(
    hub,
    { title, dataset: name, version: null },
    { kind: 'preview', lake: location, lakeId: id, folder },
  );
}

export interface PullRequest {
  folder: string;
  dryRun?: boolean | undefined;
  choices?: Record<string, PullChoice> | undefined;
}

/** Brings newer versions into the folder, or tells what would come. Throws `folder-busy`. */
export async function pullFolder(hub: HubContext, request: PullRequest): Promise<Job> {
  const folder = await workingFolder(request.folder);
  const { name } = (await readWorkingCopy(folder)).dataset;
  const { location, id } = await hub.lakes.opened();
  const { dryRun = false, choices } = request;
  const title = dryRun ? `Comparing ${basename(folder)} with ${name}` : `Pulling ${name}`;
  return start(
    hub,
    { title, dataset: name, version: null, ...(dryRun ? { kind: 'preview' as const } : {}) },
    { kind: 'pull', lake: location, lakeId: id, folder, dryRun, choices },
  );
}

/** A new working copy, of a part if one is selected, in a folder that may not be there yet. Throws `folder-busy`, `dataset-unknown`, ... */
export async function cloneFolder(
  hub: HubContext,
  ref: Ref,
  asked: string,
  selection: Selection | null,
): Promise<Job> {
  const folder = await newFolder(asked);
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

type Subject = { title: string; dataset: string | null; version: number | null; kind?: JobKind };

async function start(
  hub: HubContext,
  subject: Subject,
  task: Task & { kind: JobKind; folder: string },
  note?: MadeNote,
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
      if (outcome.state === 'done') {
        await note?.(outcome.result as SyncResult);
        if (subject.dataset !== null && job.kind !== 'preview') hub.events.emit('dataset', subject.dataset);
      }
      return outcome;
    },
  });
}
