import type { Control } from '../dataset/progress.ts';
import type { Task } from '../hub/jobs/task.ts';
import { openLake } from '../lake/open.ts';

/** Does a job's task in this thread. What it needs is loaded only now: each thread does one thing. */
export async function perform(task: Task, control: Control): Promise<unknown> {
  switch (task.kind) {
    case 'sync': {
      const { syncFolder } = await import('../dataset/sync.ts');
      return withLake(task, (lake) => syncFolder({ ...task, lake }, control));
    }
    case 'import': {
      const { importObjects } = await import('../dataset/import.ts');
      return withLake(task, (lake) => importObjects({ ...task, lake }, control));
    }
    case 'preview': {
      const { previewSync } = await import('../dataset/preview/preview.ts');
      return withLake(task, (lake) => previewSync({ ...task, lake }, control));
    }
    case 'look': {
      const { lookAtFolder } = await import('../dataset/preview/look.ts');
      return withLake(task, (lake) => lookAtFolder({ ...task, lake }, control));
    }
    case 'pull': {
      const { pullVersions } = await import('../dataset/checkout/pull.ts');
      return withLake(task, (lake) => pullVersions({ ...task, lake }, control));
    }
    case 'clone': {
      const { cloneVersion } = await import('../dataset/checkout/clone.ts');
      const { dataset, lakeId, ...rest } = task;
      return withLake(task, (lake) =>
        cloneVersion({ ...rest, lake, lakeId, datasetId: dataset.id, name: dataset.name }, control),
      );
    }
    case 'verify': {
      const { verifyVersion } = await import('../dataset/verify/verify.ts');
      const { dataset, version } = task;
      return withLake(task, (lake) => verifyVersion({ lake, datasetId: dataset.id, version }, control));
    }
    case 'collect': {
      const { collectGarbage } = await import('../dataset/collect/collect.ts');
      return withLake(task, async (lake) => {
        const results = [];
        for (const { deleted, ...dataset } of task.datasets) {
          results.push(await collectGarbage({ ...task, lake, dataset, deleted }, control));
        }
        return results;
      });
    }
    case 'repack': {
      const { repackDataset } = await import('../dataset/repack/repack.ts');
      return withLake(task, (lake) => repackDataset({ ...task, lake }, control));
    }
    case 'repair': {
      const { repairDataset } = await import('../dataset/repair/repair.ts');
      return withLake(task, (lake) => repairDataset({ ...task, lake }, control));
    }
    case 'import-runs': {
      const { importRuns } = await import('../run/import/import.ts');
      return importRuns(task, control);
    }
    case 'fill': {
      const { fill } = await import('../agent/fill.ts');
      return withLake(task, (lake) => fill(task, lake, control));
    }
    case 'cache-verify': {
      const { verifyCached } = await import('../agent/verify.ts');
      return withLake(task, (lake) => verifyCached(task, lake, control));
    }
    case 'need': {
      const { countNeed } = await import('../agent/need.ts');
      return withLake(task, (lake) => countNeed(task, lake, control));
    }
    case 'scrub': {
      const { scrub } = await import('../agent/scrub.ts');
      return withLake(task, (lake) => scrub(task, lake, control));
    }
    case 'survey': {
      const { surveyVersion } = await import('../dataset/statistics/survey.ts');
      return withLake(task, (lake) => surveyVersion({ ...task, lake }, control));
    }
    case 'evict': {
      const { evict } = await import('../agent/evict.ts');
      return evict(task, control);
    }
    case 'measure': {
      const { measure } = await import('../agent/measure.ts');
      return measure(task);
    }
    case 'sweep': {
      const { sweep } = await import('../agent/evict.ts');
      return sweep(task, control);
    }
  }
}

type TaskInLake = Extract<Task, { lake: unknown }>;

async function withLake<T>(
  task: TaskInLake,
  work: (lake: ReturnType<typeof openLake>) => Promise<T>,
): Promise<T> {
  const lake = openLake(task.lake);
  try {
    return await work(lake);
  } finally {
    lake.close();
  }
}
