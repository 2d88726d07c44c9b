import type { CheckoutResult, WorkingCopy } from '@forebay/core/api/schemas';
import { replacedSentence } from '@forebay/core/api/text/pullText';
import { formatCount } from '@forebay/core/api/text/units';
import { Clipboard, Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { notifyError, retry } from '../actions/notify.ts';
import type { IForebay } from '../tokens.ts';
import { countsSentence } from './changeText.ts';
import { followJob } from './followJob.ts';
import { PullBody } from './PullBody.tsx';
import { waitForJob } from './waitForJob.ts';

/**
 * Brings newer versions into a folder, after it was shown what that does; what both changed is a person's choice.
 * `again`: what *Retry* does where it fails.
 */
export async function pullFolder(forebay: IForebay, folder: string, again: () => void): Promise<void> {
  const { client } = forebay;
  try {
    const copy = await client.workingCopies.get(folder);
    const told = await tell(forebay, copy);
    if (!told) return;
    const body = new PullBody(copy, told);
    const { button } = await showDialog({
      title: `Pull ${copy.dataset} into ${PathExt.basename(copy.folder)}`,
      body,
      buttons: [Dialog.cancelButton(), Dialog.okButton({ label: 'Pull' })],
    });
    if (!button.accept) return;
    const started = await client.workingCopies.pull(copy.folder, { choices: body.getValue() });
    const pulled = await followJob<CheckoutResult>(forebay, started);
    say(pulled);
  } catch (error) {
    notifyError(error, retry(again));
  } finally {
    void forebay.store.refresh();
  }
}

/** Null where there is nothing to pull, or the person left. */
async function tell(forebay: IForebay, copy: WorkingCopy): Promise<CheckoutResult | null> {
  if (copy.latest <= copy.base) {
    const said =
      copy.base === 0
        ? `${copy.dataset} has no version yet`
        : `${copy.dataset} has nothing newer than v${copy.base}`;
    Notification.info(`${said}.`, { autoClose: 5000 });
    return null;
  }
  const started = await forebay.client.workingCopies.pull(copy.folder, { dryRun: true });
  return waitForJob<CheckoutResult>(
    forebay,
    started,
    `Looking what comes with ${copy.dataset}@v${copy.latest}`,
  );
}

function say(pulled: CheckoutResult): void {
  const { dataset, version, conflicts, replaced } = pulled;
  const done = `${dataset} is now based on v${version}: ${countsSentence(pulled)}.`;
  const sentence = [done, replacedSentence(pulled)].filter(Boolean).join(' ');
  const copyPath = { label: 'Copy its path', callback: () => Clipboard.copyToSystem(replaced?.folder ?? '') };
  const actions = replaced ? [copyPath] : [];
  if (conflicts.length === 0) {
    Notification.success(sentence, { autoClose: replaced ? false : 8000, actions });
  } else {
    const kept = `The folder keeps its own ${formatCount(conflicts.length, 'file')}: ${conflicts.slice(0, 3).join(', ')}`;
    Notification.warning(`${sentence} ${kept}${conflicts.length > 3 ? ', …' : ''}.`, {
      autoClose: false,
      actions,
    });
  }
}
