import { ForebayError, type Problem } from '@forebay/core/api/errors';
import { window } from 'vscode';
import { log } from './log.ts';

/** What a button under a message does. */
export type Actions = Record<string, () => unknown>;

/** Says what went wrong and what to do next. What was cancelled on purpose is no error. */
export async function showError(thrown: unknown, actions: Actions = {}): Promise<void> {
  const error = ForebayError.from(thrown);
  if (error.code === 'cancelled') {
    window.setStatusBarMessage('Forebay: cancelled', 5000);
    return;
  }
  log.error(error.message, error.cause ?? error.stack ?? '');
  const all: Actions = error.code === 'internal' ? { ...actions, 'Show log': () => log.show() } : actions;
  const text = [error.message, error.hint].filter(Boolean).join(' ');
  await run(all, await window.showErrorMessage(text, ...Object.keys(all)));
}

/** Says what happened and offers what is usually next. */
export async function showDone(message: string, actions: Actions = {}): Promise<void> {
  await run(actions, await window.showInformationMessage(message, ...Object.keys(actions)));
}

/** As `showDone`, of what went wrong in part. */
export async function showPartlyDone(message: string, actions: Actions): Promise<void> {
  await run(actions, await window.showWarningMessage(message, ...Object.keys(actions)));
}

/** Asks before something that can't be taken back; true when the button was pressed. */
export async function confirm(question: string, detail: string, button: string): Promise<boolean> {
  return (await window.showWarningMessage(question, { modal: true, detail }, button)) === button;
}

/** A question of a page; without a verb to agree with there is only something to read. */
export async function askPerson(
  title: string,
  body: readonly string[],
  agree: string | undefined,
): Promise<boolean> {
  if (agree !== undefined) return confirm(title, body.join('\n'), agree);
  await window.showInformationMessage(title, { modal: true, detail: body.join('\n') });
  return false;
}

/** Says what a page has to say; the label of the button that was pressed, or null. */
export async function notifyPerson(
  text: string,
  problem: Problem | undefined,
  labels: readonly string[],
): Promise<string | null> {
  if (problem === undefined) return (await window.showInformationMessage(text, ...labels)) ?? null;
  const error = ForebayError.fromProblem(problem);
  const whole = [error.message, error.hint].filter(Boolean).join(' ');
  return (await window.showErrorMessage(whole, ...labels)) ?? null;
}

async function run(actions: Actions, chosen: string | undefined): Promise<void> {
  if (chosen !== undefined) await actions[chosen]?.();
}
