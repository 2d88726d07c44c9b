import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { insertMount } from '../actions/insertMount.ts';
import { insertIcon } from '../icons/index.ts';
import { IForebay } from '../tokens.ts';
import { commandIds } from './commandIds.ts';
import { addVersionCommand } from './commands.ts';

export const notebookPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:notebook',
  description: 'Inserts a cell that mounts a version.',
  autoStart: true,
  requires: [IForebay, INotebookTracker],
  optional: [ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    forebay: IForebay,
    notebooks: INotebookTracker,
    palette: ICommandPalette | null,
  ) => {
    addVersionCommand(app, forebay, {
      id: commandIds.insertMount,
      label: 'Insert mount code',
      icon: insertIcon,
      act: (version) => insertMount(notebooks, version),
    });
    palette?.addItem({ command: commandIds.insertMount, category: 'Forebay' });
  },
};
