import { formatRef } from '@forebay/core/api/ref';
import { lineageView, runView, tableView } from '@forebay/core/ui';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { lineageIcon, runsIcon } from '../icons/index.ts';
import { IForebay } from '../tokens.ts';
import { commandIds } from './commandIds.ts';
import { addVersionCommand } from './commands.ts';
import { openPage } from './openPage.ts';

export const experimentsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:experiments',
  description: 'Opens runs: all in a table, one as it goes, those of some data.',
  autoStart: true,
  requires: [IForebay],
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, forebay: IForebay, palette: ICommandPalette | null) => {
    app.commands.addCommand(commandIds.openRuns, {
      label: ({ isLauncher }) => (isLauncher === true ? 'Runs' : 'Open runs'),
      caption: 'What ran on which data, with which parameters, and what came of it',
      icon: runsIcon,
      execute: () => openPage(app, tableView),
    });
    app.commands.addCommand(commandIds.openRun, {
      label: 'Open run',
      icon: runsIcon,
      execute: ({ id }) => openPage(app, typeof id === 'string' ? runView(id) : tableView),
    });
    app.commands.addCommand(commandIds.openRunsOf, {
      label: 'Show runs that used it',
      icon: runsIcon,
      execute: () => {
        const dataset = forebay.selected?.dataset;
        return openPage(app, { ...tableView, filter: dataset ? `dataset.name = '${dataset}'` : '' });
      },
    });
    addVersionCommand(app, forebay, {
      id: commandIds.openLineage,
      label: 'Show lineage',
      icon: lineageIcon,
      act: ({ dataset, version }) => void openPage(app, lineageView(formatRef(dataset, version))),
    });
    palette?.addItem({ command: commandIds.openLineage, category: 'Forebay' });
    palette?.addItem({ command: commandIds.openRuns, category: 'Forebay' });
  },
};
