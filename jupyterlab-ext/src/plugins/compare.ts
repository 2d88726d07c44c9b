import { formatRef } from '@forebay/core/api/ref';
import { diffView } from '@forebay/core/ui';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { chooseOther } from '../actions/chooseOther.ts';
import { compareIcon } from '../icons/index.ts';
import { IForebay } from '../tokens.ts';
import { commandIds, labels } from './commandIds.ts';
import { versionOf } from './commands.ts';
import { openPage } from './openPage.ts';

export const comparePlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:compare',
  description: 'Opens the difference between two versions.',
  autoStart: true,
  requires: [IForebay],
  activate: (app: JupyterFrontEnd, forebay: IForebay) => {
    app.commands.addCommand(commandIds.compareWith, {
      label: labels.compareWith,
      caption: 'What was added, changed, removed and moved between two versions',
      icon: compareIcon,
      execute: async (args) => {
        const chosen = await versionOf(forebay, args, 'Compare version');
        if (!chosen) return;
        const { dataset, version } = chosen;
        const { from, to } = args;
        const pair =
          typeof from === 'number' && typeof to === 'number'
            ? { from, to }
            : await chooseOther(forebay, chosen, `Compare ${formatRef(dataset, version)} with…`);
        if (pair) await openPage(app, diffView(dataset, pair.from, pair.to));
      },
    });
  },
};
