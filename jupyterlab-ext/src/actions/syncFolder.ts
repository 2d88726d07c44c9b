import { isForebayError } from '@forebay/core/api/errors';
import type { SyncResult, WorkingCopy } from '@forebay/core/api/schemas';
import { suggestName } from '@forebay/core/api/suggestName';
import { Dialog, InputDialog, Notification, showDialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { syncSentence } from '../model/syncSentence.ts';
import type { IForebay } from '../tokens.ts';
import { notifyError } from './notify.ts';

/** What can be done with a version that was just made. */
export type AfterSync = (result: SyncResult) => Notification.IAction[];

/** Makes a folder the next version of its dataset; one that has none yet becomes a dataset. Path on the server. */
export async function syncFolder(forebay: IForebay, folder: string, after: AfterSync): Promise<void> {
  try {
    const copy = await workingCopy(forebay, folder);
    if (!copy) return;
    const what = copy.base === 0 ? 'the first version' : `what comes after v${copy.base}`;
    const message = await InputDialog.getText({
      title: `Sync ${PathExt.basename(folder)} as a new version of ${copy.dataset}`,
      label: `Describe ${what}; may stay empty.`,
      okLabel: 'Sync',
    });
    if (message.button.accept) await run(forebay, { folder, message: message.value ?? '' }, copy, after);
  } catch (error) {
    notifyError(error, () => void syncFolder(forebay, folder, after));
  }
}

/** Null when the person leaves without naming the dataset. */
async function workingCopy({ client }: IForebay, folder: string): Promise<WorkingCopy | null> {
  try {
    return await client.workingCopies.get(folder);
  } catch (error) {
    if (!isForebayError(error, 'not-a-working-copy')) throw error;
  }
  const name = await InputDialog.getText({
    title: `${PathExt.basename(folder)} becomes a dataset`,
    label: 'Name: lower-case letters, digits, dots, hyphens and underscores.',
    text: suggestName(PathExt.basename(folder)),
    okLabel: 'Make dataset',
  });
  if (!name.button.accept || !name.value) return null;
  return client.workingCopies.create({ folder, dataset: name.value.trim() });
}

type Request = Parameters<IForebay['client']['workingCopies']['sync']>[0];

async function run(forebay: IForebay, request: Request, copy: WorkingCopy, after: AfterSync): Promise<void> {
  const { client, store } = forebay;
  try {
    const started = await client.workingCopies.sync(request);
    void store.refreshCaches();
    const { result } = await client.jobs.follow(started.id);
    const made = result as SyncResult;
    Notification.success(syncSentence(made), { autoClose: 8000, actions: after(made) });
  } catch (error) {
    if (!isForebayError(error, 'newer-version')) throw error;
    if (await replaces(error.message, copy)) await run(forebay, { ...request, replace: true }, copy, after);
  } finally {
    void store.refresh();
  }
}

async function replaces(reason: string, { dataset }: WorkingCopy): Promise<boolean> {
  const answer = await showDialog({
    title: `${dataset} has a newer version`,
    body: `${reason} Replacing it makes this folder the next version and leaves out what others changed; their versions stay. To merge instead, run 'forebay data pull' in the folder.`,
    buttons: [Dialog.cancelButton(), Dialog.warnButton({ label: 'Replace' })],
  });
  return answer.button.accept;
}
