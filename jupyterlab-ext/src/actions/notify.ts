import { ForebayError } from '@forebay/core/api/errors';
import { errorDetails } from '@forebay/core/api/text/errorDetails';
import { Clipboard, Dialog, Notification, showDialog } from '@jupyterlab/apputils';

/** JupyterLab cuts a notification after so many characters. */
const longest = 140;

/** Shows what failed, why, and what to do next; a cancel of one's own is no failure. */
export function notifyError(thrown: unknown, actions: readonly Notification.IAction[] = []): void {
  const error = ForebayError.from(thrown);
  if (error.code === 'cancelled') return;
  const whole = [error.message, error.hint].filter(Boolean).join(' ');
  const details = { label: 'Details', callback: () => void showDetails(error) };
  const copy = { label: 'Copy details', callback: () => Clipboard.copyToSystem(errorDetails(error)) };
  Notification.error(whole.length <= longest ? whole : error.message, {
    autoClose: 15_000,
    actions: [...actions, whole.length <= longest ? copy : details],
  });
}

export const retry = (act: () => void): Notification.IAction[] => [{ label: 'Retry', callback: act }];

async function showDetails(error: ForebayError): Promise<void> {
  const answer = await showDialog({
    title: 'What went wrong',
    body: [error.message, error.hint].filter(Boolean).join('\n\n'),
    buttons: [Dialog.cancelButton({ label: 'Copy details' }), Dialog.okButton({ label: 'Close' })],
  });
  if (answer.button.label === 'Copy details') Clipboard.copyToSystem(errorDetails(error));
}
