import { ForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import { findDatasetById } from '../catalog.ts';
import { readHistory, type VersionRecord } from '../history.ts';
import { findWorkingCopy, type WorkingCopyState } from '../workingCopy/workingCopy.ts';

export interface FolderInLake {
  lake: Lake;
  lakeId: string;
  folder: string;
}

/** What a folder is compared with. */
export interface Standing {
  /** Undefined: the folder is no working copy yet. */
  copy: WorkingCopyState | undefined;
  /** Its dataset's name now. */
  dataset: string | null;
  /** 0: no version. */
  standsOn: number;
  base: VersionRecord | undefined;
  /** Made by others since. */
  newer: VersionRecord[];
}

/** Throws `lake-other`. */
export async function readStanding(
  { lake, lakeId, folder }: FolderInLake,
  signal: AbortSignal,
): Promise<Standing> {
  const copy = await findWorkingCopy(folder);
  if (!copy) return { copy, dataset: null, standsOn: 0, base: undefined, newer: [] };
  const { id, name } = copy.dataset;
  if (copy.lake !== lakeId) {
    throw new ForebayError(
      'lake-other',
      `${folder} is a working copy of '${name}' in another lake.`,
      'Start Forebay with that lake, or clone the dataset of this one into another folder.',
    );
  }
  const dataset = await findDatasetById(lake, id, name, signal);
  const { versions, removed } = await readHistory(lake, id, signal);
  // Whose answer was lost: the folder stands on it.
  const pending = versions.findLast(({ commit }) => copy.pending.includes(commit));
  const standsOn = Math.max(copy.base, pending?.version ?? 0);
  const base = [...versions, ...removed].find(({ version }) => version === standsOn);
  const newer = versions.filter(({ version }) => version > standsOn);
  return { copy, dataset: dataset.name, standsOn, base, newer };
}
