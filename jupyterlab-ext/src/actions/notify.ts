import { ForebayError } from '@forebay/core/api/errors';
import { Clipboard, Notification } from '@jupyterlab/apputils';

/** All of an error as text, for a colleague or a bug report. */
export function errorDetails(error: ForebayError): string {
  return [`${error.message} [${error.code}]`, error.hint].filter(Boolean).join('\n');
}

/** Shows what failed, why, and what to do next; a cancel of one's own is no failure. */
export function notifyError(thrown: unknown, retry?: () => void): void {
  const error = ForebayError.from(thrown);
  if (error.code === 'cancelled') return;
  const actions: Notification.IAction[] = [
    { label: 'Copy details', callback: () => Clipboard.copyToSystem(errorDetails(error)) },
  ];
  if (retry) actions.unshift({ label: 'Retry', callback: retry });
  Notification.error([error.message, error.hint].filter(Boolean).join(' '), { autoClose: 10_000, actions });
}
