import type { Job } from '@forebay/core/api/schemas';
import { type Client, hasEnded } from '@forebay/core/client';
import { type Progress, ProgressLocation, window } from 'vscode';
import { jobWords } from '../jobs/jobWords.ts';
import { percentOf } from '../levels/level.ts';

/**
 * Milliseconds until a job is worth a notification of its progress. VS Code shows two in 800 ms at most: that of a job
 * that ends at once would take the place of the one that says how it ended.
 */
const untilShown = 500;

/**
 * Follows a job, one that takes longer in a notification whose Cancel button stops it; answers the job once it is done.
 * Throws what it failed of, `cancelled` if it was.
 */
export async function withJobProgress(
  client: Client,
  job: Job,
  onProgress: (job: Job) => void,
): Promise<Job> {
  const cancelled = new AbortController();
  let latest = job;
  let show = (_: Job) => {};
  const done = client.jobs.complete(job.id, {
    signal: cancelled.signal,
    onProgress: (news) => {
      latest = news;
      onProgress(news);
      show(news);
    },
  });
  if (await endsWithin(untilShown, done)) return done;
  const options = { location: ProgressLocation.Notification, title: job.title, cancellable: true };
  return window.withProgress(options, (progress, token) => {
    token.onCancellationRequested(() => cancelled.abort());
    show = shownIn(progress);
    show(latest);
    return done;
  });
}

function shownIn(progress: Progress<{ message: string; increment?: number }>): (job: Job) => void {
  let shown = 0;
  return (job) => {
    const percent = percentOf(job.progress);
    const message = hasEnded(job) ? '' : jobWords(job);
    if (percent === null) return progress.report({ message });
    progress.report({ message, increment: Math.max(0, percent - shown) });
    shown = Math.max(shown, percent);
  };
}

function endsWithin(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds, false);
    const end = () => {
      clearTimeout(timer);
      resolve(true);
    };
    work.then(end, end);
  });
}
