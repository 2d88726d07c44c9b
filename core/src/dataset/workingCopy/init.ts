import { ForebayError, isForebayError } from '../../api/errors.ts';
import { checkName } from '../../api/ref.ts';
import type { WorkingCopy } from '../../api/schemas.ts';
import type { Lake } from '../../lake/lake.ts';
import { createDataset, type DatasetRecord, findDataset, listDatasets } from '../catalog.ts';
import { readHistory } from '../history.ts';
import { refuseInside } from './findAround.ts';
import { findWorkingCopy, type WorkingCopyState, writeWorkingCopy } from './workingCopy.ts';

/** Makes `folder` a working copy of the dataset `name`, which is made if need be. Base 0: nothing synced yet. */
export async function initWorkingCopy(options: {
  lake: Lake;
  lakeId: string;
  folder: string;
  name: string;
  author: string;
}): Promise<WorkingCopy> {
  const { lake, lakeId, folder, name, author } = options;
  checkName(name);
  const there = await findWorkingCopy(folder);
  if (there) await checkSame(lake, there, lakeId, folder, name);
  else await refuseInside(folder);
  const dataset = await findOrCreate(lake, name, author);
  const base = there?.base ?? 0;
  if (!there) await writeWorkingCopy(folder, { lake: lakeId, dataset, base, pending: [] });
  const { versions } = await readHistory(lake, dataset.id);
  return { folder, dataset: dataset.name, base, latest: versions.at(-1)?.version ?? 0 };
}

/** A working copy stays its dataset's for good. */
async function checkSame(
  lake: Lake,
  there: WorkingCopyState,
  lakeId: string,
  folder: string,
  name: string,
): Promise<void> {
  if (there.lake === lakeId) {
    const known = (await listDatasets(lake)).find((dataset) => dataset.id === there.dataset.id);
    if (known?.name === name) return;
  }
  throw new ForebayError(
    there.lake === lakeId ? 'bad-request' : 'lake-other',
    `${folder} is a working copy of '${there.dataset.name}'${there.lake === lakeId ? '' : ' in another lake'} already.`,
    `Remove ${folder}/.forebay first if it should become another's; no file of yours is in it.`,
  );
}

async function findOrCreate(lake: Lake, name: string, author: string): Promise<DatasetRecord> {
  try {
    return await findDataset(lake, name);
  } catch (error) {
    if (!isForebayError(error, 'dataset-unknown')) throw error;
  }
  try {
    return await createDataset(lake, { name, description: '', author });
  } catch (error) {
    // Somebody else made it in between.
    if (isForebayError(error, 'dataset-exists')) return findDataset(lake, name);
    throw error;
  }
}
