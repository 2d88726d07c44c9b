import { isForebayError } from '@forebay/core/api/errors';
import { checkTag } from '@forebay/core/api/ref';
import type { SyncPreview, SyncResult } from '@forebay/core/api/schemas';
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { notifyError, retry } from '../actions/notify.ts';
import { syncSentence } from '../model/syncSentence.ts';
import type { IForebay } from '../tokens.ts';
import { followJob } from './followJob.ts';
import { pullFolder } from './pullFolder.ts';
import { type SyncAnswer, SyncBody } from './SyncBody.tsx';
import { waitForJob } from './waitForJob.ts';

/** What can be done with a version that was just made. */
export type AfterSync = (result: SyncResult) => Notification.IAction[];

/**
 * Makes a folder the next version of its dataset, after it was shown what that changes; one that has none yet becomes a
 * dataset. Path on the server. `again`: what *Retry* does where it fails.
 */
export async function syncFolder(
  forebay: IForebay,
  folder: string,
  after: AfterSync,
  again: () => void,
): Promise<void> {
  const { client } = forebay;
  const name = PathExt.basename(folder);
  try {
    const started = await client.workingCopies.preview(folder);
    const preview = await waitForJob<SyncPreview>(forebay, started, `Looking what changed in ${name}`);
    if (!preview) return;
    const answer = await ask(preview);
    if (answer === null) return;
    if (answer === 'pull') {
      await pullFolder(forebay, folder, again);
      return;
    }
    await make(forebay, preview, answer, after);
  } catch (error) {
    if (await leadsToPull(forebay, error, folder, again)) return;
    notifyError(error, retry(again));
  } finally {
    void forebay.store.refresh();
  }
}

async function ask(preview: SyncPreview): Promise<(SyncAnswer & { replace: boolean }) | 'pull' | null> {
  const { dataset, folder, newer, added, changed, removed } = preview;
  const nothing = dataset !== null && added.files + changed.files + removed.files === 0;
  const name = PathExt.basename(folder);
  const title =
    dataset === null ? `Sync ${name} as a new dataset` : `Sync ${name} as a new version of ${dataset}`;
  const pull = Dialog.okButton({ label: 'Pull…' });
  const sync =
    newer.length > 0 ? Dialog.warnButton({ label: 'Replace' }) : Dialog.okButton({ label: 'Sync' });
  const buttons = [
    Dialog.cancelButton({ label: nothing && newer.length === 0 ? 'Close' : 'Cancel' }),
    ...(newer.length > 0 ? [pull] : []),
    ...(nothing ? [] : [sync]),
  ];
  const body = new SyncBody(preview);
  // Enter pulls where somebody was quicker: what replaces others' work is pressed on purpose.
  const defaultButton = buttons.indexOf(newer.length > 0 ? pull : (buttons.at(-1) ?? pull));
  const { button } = await showDialog({ title, body, buttons, defaultButton });
  if (!button.accept) return null;
  if (button.label === pull.label) return 'pull';
  return { ...body.getValue(), replace: newer.length > 0 };
}

async function make(
  forebay: IForebay,
  { folder, dataset }: SyncPreview,
  { name, message, tag, replace }: SyncAnswer & { replace: boolean },
  after: AfterSync,
): Promise<void> {
  const { client, store } = forebay;
  // Before anything is made; whether it is taken shows after.
  if (tag !== '') checkTag(tag);
  if (dataset === null) await client.workingCopies.create({ folder, dataset: name });
  const started = await client.workingCopies.sync({ folder, message, ...(replace ? { replace } : {}) });
  void store.refreshCaches();
  const made = await followJob<SyncResult>(forebay, started);
  Notification.success(syncSentence(made), { autoClose: 8000, actions: after(made) });
  // After it, and without a retry, which would sync again: the version is there though its tag is taken already.
  if (tag !== '') await client.versions.tag(made.dataset, tag, made.version).catch(notifyError);
}

/** Somebody was quicker than this folder: what they did comes first. */
async function leadsToPull(
  forebay: IForebay,
  error: unknown,
  folder: string,
  again: () => void,
): Promise<boolean> {
  if (!isForebayError(error, 'newer-version')) return false;
  const { button } = await showDialog({
    title: 'A newer version exists',
    body: error.message,
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: 'Pull…' })],
  });
  if (button.accept) await pullFolder(forebay, folder, again);
  return true;
}
