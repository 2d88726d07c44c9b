import type { Job } from '@forebay/core/api/schemas';
import { type Client, hasEnded } from '@forebay/core/client';
import { ProgressLocation, window } from 'vscode';
import { jobWords } from '../jobs/jobWords.ts';
import { percentOf } from '../levels/level.ts';

/**
 * Follows a job in a notification whose Cancel button stops the job; answers the job once it is done.
 * Throws what it failed of, `cancelled` if it was.
 */
export async function withJobProgress(
  client: Client,
  job: Job,
  onProgress: (job: Job) => void,
): Promise<Job> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title: job.title, cancellable: true },
    (progress, token) => {
      const cancelled = new AbortController();
      token.onCancellationRequested(() => cancelled.abort());
      let shown = 0;
      const show = (latest: Job) => {
        onProgress(latest);
        const percent = percentOf(latest.progress);
        const message = hasEnded(latest) ? '' : jobWords(latest);
        if (percent === null) return progress.report({ message });
        progress.report({ message, increment: Math.max(0, percent - shown) });
        shown = Math.max(shown, percent);
      };
      return client.jobs.complete(job.id, { onProgress: show, signal: cancelled.signal });
    },
  );
}
