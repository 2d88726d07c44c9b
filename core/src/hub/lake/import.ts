import { userInfo } from 'node:os';
import { formatImportSource, type Job, parseImportSource, type SyncResult } from '../../api/index.ts';
import { randomName } from '../../dataset/names.ts';
import type { HubContext } from '../context.ts';
import type { Made } from '../lineage/made.ts';

export interface ImportRequest {
  dataset: string;
  url: string;
  endpoint?: string | undefined;
  message?: string | undefined;
  author?: string | undefined;
  replace?: boolean | undefined;
  skip?: boolean | undefined;
}

/** Makes a version of objects where they are; `made` is told of it before the job ends. Throws `bad-request` for what isn't a prefix in S3. */
export async function importPrefix(hub: HubContext, request: ImportRequest, made?: Made): Promise<Job> {
  const { dataset, endpoint } = request;
  const source = parseImportSource(request.url);
  const { location: lake, id: lakeId } = await hub.lakes.opened();
  const note = await made?.(dataset);
  const job = {
    id: randomName(),
    kind: 'import' as const,
    title: `Importing ${formatImportSource(source)} as ${dataset}`,
    dataset,
    version: null,
    cache: null,
    folder: null,
    placementId: null,
  };
  const { message = '', author = userInfo().username, replace = false, skip = false } = request;
  const how = { name: dataset, source, endpoint, message, author, replace, skip };
  return hub.jobs.create(job, {
    run: (control) => hub.runTask({ kind: 'import', lake, lakeId, ...how }, control),
    async settle(outcome) {
      if (outcome.state === 'done') {
        await note?.(outcome.result as SyncResult);
        hub.events.emit('dataset', dataset);
      }
      return outcome;
    },
  });
}
