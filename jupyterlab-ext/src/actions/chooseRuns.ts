import { archiveTag } from '@forebay/core/api/run/runTags';
import type { Run } from '@forebay/core/api/schemas';
import { InputDialog, Notification } from '@jupyterlab/apputils';
import type { IForebay } from '../tokens.ts';

/** Runs that are offered, the latest first. */
const offered = 100;

/** Those of a command's `id`, else what a person picks; empty when the person leaves. */
export async function chooseRuns(
  { client }: IForebay,
  { id }: { id?: unknown },
  title: string,
  fits: (run: Run) => boolean = () => true,
): Promise<Run[]> {
  if (typeof id === 'string') return [await client.runs.get(id)];
  const runs = (await client.runs.list({ limit: offered })).items.filter(fits);
  if (runs.length === 0) {
    Notification.info('There is no such run.', { autoClose: 5000 });
    return [];
  }
  // Names aren't unique.
  const items = runs.map(({ name, state, experiment, tags }, at) => {
    const archived = tags[archiveTag] === 'true' ? ' · archived' : '';
    return `${at + 1}. ${name} · ${state}${archived} · ${experiment.name}`;
  });
  const answer = await InputDialog.getMultipleItems({ title, items });
  const chosen = answer.button.accept ? (answer.value ?? []) : [];
  return chosen.flatMap((item) => runs[items.indexOf(item)] ?? []);
}
