import { z } from 'zod';
import { Job } from '../../api/schemas.ts';
import { hasEnded } from '../../client/index.ts';
import { tool } from '../tool.ts';

const list = tool({
  name: 'list_jobs',
  title: 'List jobs',
  description:
    'What the daemon works on (fills, syncs, checks), with progress and seconds left, and what ended lately.',
  input: { ended: z.boolean().default(false).describe('those that ended, too') },
  output: { items: z.array(Job) },
  run: async ({ client }, { ended }) => {
    const jobs = await client.jobs.list();
    return { items: jobs.filter((job) => ended || !hasEnded(job)) };
  },
});

const cancel = tool({
  name: 'cancel_job',
  title: 'Cancel a job',
  description:
    'Stops a job; of a fill or sync that is stopped nothing is kept. What was committed by then stays.',
  effect: 'removes',
  input: { job: z.string().min(1).describe("the job's id, as list_jobs says it") },
  output: { job: Job },
  run: async ({ client }, { job }) => ({ job: await client.jobs.cancel(job) }),
});

export const jobTools = [list];
export const jobWrites = [cancel];
