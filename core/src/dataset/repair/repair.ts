import { ForebayError } from '../../api/errors.ts';
import { formatRef } from '../../api/ref.ts';
import type { RepairResult } from '../../api/schemas.ts';
import type { Lake } from '../../lake/lake.ts';
import type { FileEntry } from '../entry.ts';
import { readHistory } from '../history.ts';
import { keyOf } from '../names.ts';
import type { Control } from '../progress.ts';
import { Moves } from '../rewrite/moves.ts';
import { PackWriter } from '../rewrite/packWriter.ts';
import { relocateAll } from '../rewrite/relocateAll.ts';
import { Outdated, tooBusy } from '../sync/outdated.ts';
import { Uploads } from '../sync/uploads.ts';
import { damagedPacksOf } from './damagedPacks.ts';
import { findElsewhere, placesOf } from './elsewhere.ts';
import { type Damage, findDamage } from './findDamage.ts';
import { healFile } from './heal.ts';
import { type Folder, Sources } from './sources.ts';

export interface RepairRequest {
  lake: Lake;
  dataset: { id: string; name: string };
  /** Only what this version refers to; null: all versions. */
  version: number | null;
  folders: readonly Folder[];
  author: string;
}

/** `packs`: which are damaged still, and which are not. */
export type Repaired = RepairResult & { packs: { damaged: string[]; whole: string[] } };

const attemptsMost = 5;

/**
 * Reads every byte of a dataset's versions, writes damaged content anew from wherever it is still whole, and lets each version
 * that had it refer to the new place. What can't be healed is named.
 */
export async function repairDataset(request: RepairRequest, control: Control): Promise<Repaired> {
  const { signal } = control;
  for (let attempt = 1; ; attempt++) {
    const uploads = new Uploads(request.lake, signal);
    try {
      return await attemptRepair(request, uploads, control);
    } catch (error) {
      await uploads.discard();
      if (error instanceof Outdated && attempt < attemptsMost) continue;
      if (error instanceof Outdated) throw tooBusy();
      if (!signal.aborted) throw error;
      throw new ForebayError('cancelled', 'The repair was cancelled; what was healed by then stays so.');
    }
  }
}

async function attemptRepair(
  { lake, dataset, version, folders, author }: RepairRequest,
  uploads: Uploads,
  control: Control,
): Promise<Repaired> {
  const { signal } = control;
  const datasetId = dataset.id;
  const history = await readHistory(lake, datasetId, signal);
  const versions = history.versions.toReversed();
  const wanted = version === null ? versions : versions.filter((each) => each.version === version);
  const damage = await findDamage(lake, dataset, wanted, control);
  const moves = new Moves();
  const writer = new PackWriter((pack, body) => uploads.put(keyOf.pack(datasetId, pack), body));
  const elsewhere = await findElsewhere(lake, datasetId, versions, damage.files, signal);
  const sources = new Sources({ lake, datasetId, folders, elsewhere, signal });
  const healed: RepairResult['healed'] = [];
  const lost: FileEntry[] = [];
  const todo = [...new Map(damage.files.map((file) => [`${file.path}\n${placesOf(file)}`, file])).values()];
  for (const [files, file] of todo.entries()) {
    control.report({ phase: 'healing', files, filesTotal: todo.length, bytes: 0, bytesTotal: null });
    const source = await sources.find(file);
    const done = source && (await healFile(lake, datasetId, file, source, { writer, moves, signal }));
    if (source && done) healed.push({ path: file.path, from: source.from });
    else lost.push(file);
    await source?.close();
  }
  await writer.finish();
  const relocated = await relocateAll(
    {
      lake,
      datasetId,
      versions: moves.size > 0 ? versions : [],
      moves,
      gather: new Set(),
      collects: history.collects,
      author,
      uploads,
      packSizes: writer.sizes,
    },
    control,
  );
  const damaged = await damagedPacksOf(lake, datasetId, lost, signal);
  return {
    dataset: dataset.name,
    versions: wanted.length,
    ...damage.sum,
    healed,
    relocated,
    uploadedBytes: uploads.bytes,
    problems: problemsOf(dataset.name, damage, lost),
    packs: { damaged: [...damaged], whole: [...damage.packs].filter((pack) => !damaged.has(pack)) },
  };
}

function problemsOf(name: string, damage: Damage, lost: FileEntry[]): RepairResult['problems'] {
  const files = [...new Map(lost.map((file) => [file.path, file])).values()].map(({ path }) => ({
    path,
    problem: 'is damaged, and no cache or folder that was looked in has it as it was',
  }));
  const manifests = damage.unreadable.map(({ version, problem }) => ({
    path: '',
    problem: `${problem} Restore it from a backup or a replica of the lake, or give ${formatRef(name, version)} up.`,
  }));
  return [...manifests, ...files.sort((a, b) => (a.path < b.path ? -1 : 1))];
}
