import { expect, test } from 'vitest';
import type { Job } from '../../api/index.ts';
import { control } from '../../dataset/testing/lake.ts';
import { beginSyncing } from '../../dataset/testing/syncing.ts';
import type { HubContext } from '../context.ts';
import { pullFolder } from './jobs.ts';

test('what a pull would do is looked at as a preview is: beside what moves data, and without news of the dataset', async () => {
  const { lake, lakeId, folder } = await beginSyncing();
  const [kinds, told]: [Job['kind'][], string[]] = [[], []];
  const hub = {
    lakes: { opened: async () => ({ lake, id: lakeId, location: { url: lake.url } }) },
    events: { emit: (kind: string) => told.push(kind) },
    runTask: async () => undefined,
    jobs: {
      onFolder: () => undefined,
      async create(job: Job, work: Parameters<HubContext['jobs']['create']>[1]) {
        kinds.push(job.kind);
        await work.settle?.({ state: 'done', result: await work.run(control()) });
      },
    },
  } as unknown as HubContext;
  await pullFolder(hub, { folder, dryRun: true });
  expect([kinds, told]).toEqual([['preview'], []]);
  await pullFolder(hub, { folder });
  expect([kinds, told]).toEqual([['preview', 'pull'], ['dataset']]);
});
