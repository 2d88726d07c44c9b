import type { Job } from '@forebay/core/api/schemas';
import { phaseOf, progressParts } from '@forebay/core/api/text/progressText';
import { Dialog } from '@jupyterlab/apputils';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { IForebay } from '../tokens.ts';

/** Milliseconds after which a wait is shown. */
const blink = 300;

/** Waits for a job that a person waits for: after a blink with its progress and *Cancel*. Null: cancelled. */
export async function waitForJob<T>({ client }: IForebay, started: Job, title: string): Promise<T | null> {
  const end = new AbortController();
  const body = new JobBody(started);
  const dialog = new Dialog({ title, body, buttons: [Dialog.cancelButton()] });
  const timer = window.setTimeout(() => {
    void dialog
      .launch()
      .then(({ button }) => button.label === 'Cancel' && end.abort())
      .catch(() => undefined);
  }, blink);
  try {
    const onProgress = (job: Job) => body.showJob(job);
    return (await client.jobs.complete(started.id, { onProgress, signal: end.signal })).result as T;
  } catch (error) {
    if (end.signal.aborted) return null;
    throw error;
  } finally {
    window.clearTimeout(timer);
    dialog.dispose();
  }
}

class JobBody extends ReactWidget {
  #job: Job;

  constructor(job: Job) {
    super();
    this.#job = job;
    this.addClass('fb-job-dialog');
  }

  showJob(job: Job): void {
    this.#job = job;
    this.update();
  }

  protected override render() {
    const { progress, title } = this.#job;
    const { files, filesTotal } = progress;
    return (
      <div className="fb-job-body">
        <progress {...(filesTotal ? { value: files, max: filesTotal } : {})} aria-label={title} />
        <p role="status">
          {[phaseOf(title, progress), ...progressParts(progress)].filter(Boolean).join(' · ')}
        </p>
      </div>
    );
  }
}
