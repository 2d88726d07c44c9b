import type { Lake } from '../../lake/lake.ts';
import { type History, historyOf } from '../history.ts';
import { datasetLog } from '../log/kinds.ts';
import { appendRecord } from '../log/log.ts';
import type { CommitRecord } from '../log/records.ts';
import { keyOf } from '../names.ts';
import { newerVersion, Outdated } from './outdated.ts';

/**
 * Appends the commit unless another version came first: then `newer-version`, or `Outdated` where the folder is to
 * become the next version whatever came between. Also `Outdated` where the parent moved or objects were collected.
 */
export async function appendCommit(options: {
  lake: Lake;
  dataset: { id: string; name: string };
  record: CommitRecord;
  basedOn: History;
  replace: boolean;
}): Promise<void> {
  const { lake, dataset, record, basedOn, replace } = options;
  await appendRecord(lake, keyOf.log(dataset.id), datasetLog, (state) => {
    const now = historyOf(state);
    const newer = now.versions.filter((version) => version.version > basedOn.newest);
    if (newer.length > 0 && !replace) throw newerVersion(dataset.name, basedOn.newest, newer);
    if (now.newest !== basedOn.newest || now.moves !== basedOn.moves) throw new Outdated();
    return record;
  });
}
