import { datasetsView, datasetView } from '@forebay/core/ui';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { chooseDataset } from '../actions/chooseVersion.ts';
import { forebayIcon } from '../icons/index.ts';
import { IForebay } from '../tokens.ts';
import { commandIds, labels } from './commandIds.ts';
import { openPage } from './openPage.ts';

export const datasetsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:datasets',
  description: 'Opens the table of all datasets, and the page of one.',
  autoStart: true,
  requires: [IForebay],
  activate: (app: JupyterFrontEnd, forebay: IForebay) => {
    app.commands.addCommand(commandIds.openDatasets, {
      label: ({ isLauncher }) => (isLauncher === true ? 'Datasets' : labels.openDatasets),
      caption: 'Every dataset with its newest version, who made it, and where it is cached',
      icon: forebayIcon,
      execute: () => openPage(app, datasetsView),
    });
    app.commands.addCommand(commandIds.openDataset, {
      label: labels.openDataset,
      caption: 'Its versions, files, statistics and lineage, and who used it',
      icon: forebayIcon,
      execute: async ({ dataset, version, selected }) => {
        const chosen = selected === true ? forebay.selected : null;
        const name =
          typeof dataset === 'string'
            ? dataset
            : (chosen?.dataset ?? (await chooseDataset(forebay, labels.openDataset)));
        if (name === null) return;
        const number = typeof version === 'number' ? version : chosen?.version;
        await openPage(app, datasetView(name, number ? { tab: 'files', version: number } : {}));
      },
    });
  },
};
