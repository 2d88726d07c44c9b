import type { Job } from '@forebay/core/api/schemas';
import { phaseOf, progressParts } from '@forebay/core/api/text/progressText';
import type { IForebay } from '../tokens.ts';
import { type Wait, waitFor } from './WaitDialog.tsx';

/** Waits for a job that a person waits for, with its progress and *Cancel*. Null: cancelled. */
export function waitForJob<T>({ client }: IForebay, started: Job, title: string): Promise<T | null> {
  return waitFor(title, waitOf(started), async (signal, show) => {
    const onProgress = (job: Job) => show(waitOf(job));
    return (await client.jobs.complete(started.id, { onProgress, signal })).result as T;
  });
}

function waitOf({ title, progress }: Job): Wait {
  const { files, filesTotal } = progress;
  return {
    label: title,
    text: [phaseOf(title, progress), ...progressParts(progress)].filter(Boolean).join(' · '),
    ...(filesTotal ? { value: files, max: filesTotal } : {}),
  };
}
