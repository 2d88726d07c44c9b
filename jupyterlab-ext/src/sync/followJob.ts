import type { Job } from '@forebay/core/api/schemas';
import { phaseOf, progressParts } from '@forebay/core/api/text/progressText';
import { Notification } from '@jupyterlab/apputils';
import type { IForebay } from '../tokens.ts';

/** Milliseconds after which a job is shown: what is quick only says how it ended. */
const blink = 400;

/** Follows a job in a notification with its progress, rate, time left and *Cancel*. Throws what the job failed of. */
export async function followJob<T>({ client }: IForebay, started: Job): Promise<T> {
  const begun = performance.now();
  let id: string | undefined;
  const onProgress = (job: Job) => {
    if (performance.now() - begun < blink) return;
    const { progress, title } = job;
    const said = [title, phaseOf(title, progress), ...progressParts(progress)].filter(Boolean).join(' · ');
    const { bytes, bytesTotal, files, filesTotal } = progress;
    const share = bytesTotal ? bytes / bytesTotal : filesTotal ? files / filesTotal : 0;
    const options = {
      progress: Math.min(1, share),
      autoClose: false as const,
      actions: [{ label: 'Cancel', callback: () => void client.jobs.cancel(job.id).catch(() => undefined) }],
    };
    if (id === undefined) id = Notification.emit(said, 'in-progress', options);
    else Notification.update({ id, message: said, ...options });
  };
  try {
    return (await client.jobs.follow(started.id, { onProgress })).result as T;
  } finally {
    if (id !== undefined) Notification.dismiss(id);
  }
}
