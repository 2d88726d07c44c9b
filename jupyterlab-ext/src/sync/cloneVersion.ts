import { formatRef } from '@forebay/core/api/ref';
import type { CheckoutResult } from '@forebay/core/api/schemas';
import { formatCount } from '@forebay/core/api/text/units';
import { InputDialog, Notification } from '@jupyterlab/apputils';
import { notifyError, retry } from '../actions/notify.ts';
import type { IForebay, VersionRef } from '../tokens.ts';
import { followJob } from './followJob.ts';

/** Makes a new working copy of a version in a folder that isn't there yet; `near` is where people are. */
export async function cloneVersion(
  forebay: IForebay,
  { dataset, version }: VersionRef,
  near: string,
): Promise<void> {
  const ref = formatRef(dataset, version);
  const answer = await InputDialog.getText({
    title: `Clone ${ref} into folder`,
    label: 'Folder on the Jupyter server, which may not exist yet',
    text: `${near.replace(/\/+$/, '')}/${dataset}`,
    okLabel: 'Clone',
  });
  const folder = answer.value?.trim();
  if (!answer.button.accept || !folder) return;
  try {
    const started = await forebay.client.workingCopies.clone({ ref, folder });
    const { added } = await followJob<CheckoutResult>(forebay, started);
    Notification.success(`${ref} is in ${folder}: ${formatCount(added, 'file')}.`, { autoClose: 8000 });
  } catch (error) {
    notifyError(
      error,
      retry(() => void cloneVersion(forebay, { dataset, version }, near)),
    );
  }
}
