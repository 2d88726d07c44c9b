import { type View, writeView } from '@forebay/core/ui';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { commandIds } from './commandIds.ts';

/** Shows a page of Forebay in the main area. */
export const openPage = ({ commands }: Pick<JupyterFrontEnd, 'commands'>, view: View): Promise<unknown> =>
  commands.execute(commandIds.openPage, { view: writeView(view) });
