import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IStatusBar } from '@jupyterlab/statusbar';
import { IForebay } from '../tokens.ts';
import { StatusItem } from '../view/StatusItem.tsx';
import { commandIds } from './commandIds.ts';

export const statusPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:status',
  description: 'Says in the status bar what is under way, or how many versions are cached.',
  autoStart: true,
  requires: [IForebay, IStatusBar],
  activate: ({ commands }: JupyterFrontEnd, forebay: IForebay, statusBar: IStatusBar) => {
    const open = () => void commands.execute(commandIds.open);
    const item = new StatusItem(forebay, open);
    statusBar.registerStatusItem(statusPlugin.id, { item, align: 'left', rank: 20 });
  },
};
