import { InputDialog, Notification } from '@jupyterlab/apputils';
import type { IForebay } from '../tokens.ts';

/** Asks which job that is under way a command of the palette is meant for. */
export async function chooseJob({ store }: IForebay, title: string): Promise<string | null> {
  const { jobs } = store.snapshot;
  if (jobs.length === 0) {
    Notification.info('No job is running.', { autoClose: 5000 });
    return null;
  }
  const items = jobs.map(({ title }) => title);
  const answer = await InputDialog.getItem({ title, label: 'Job', items });
  return (answer.button.accept && jobs[items.indexOf(answer.value ?? '')]?.id) || null;
}
