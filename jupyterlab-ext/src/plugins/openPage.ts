import { type View, writeView } from '@forebay/core/ui';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { uncovered } from '../pages/uncovered.ts';
import { commandIds } from './commandIds.ts';

/** Shows a page of Forebay in the main area, once the palette or dialog has closed from which it was opened. */
export async function openPage(
  { commands }: Pick<JupyterFrontEnd, 'commands'>,
  view: View,
): Promise<unknown> {
  await uncovered();
  return commands.execute(commandIds.openPage, { view: writeView(view) });
}
