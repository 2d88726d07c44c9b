import { diffView } from '@forebay/core/ui';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { historyIcon } from '@jupyterlab/ui-components';
import { commandIds, labels } from '../plugins/commandIds.ts';
import { openPage } from '../plugins/openPage.ts';
import { chosenItem } from '../sync/chosenItem.ts';
import { IForebay } from '../tokens.ts';
import { showFileHistory } from './showFileHistory.ts';

export const fileHistoryPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:file-history',
  description: 'Tells which versions changed a file, and shows what it was in them.',
  autoStart: true,
  requires: [IForebay],
  optional: [IFileBrowserFactory],
  activate: (app: JupyterFrontEnd, forebay: IForebay, browsers: IFileBrowserFactory | null) => {
    const { commands, shell } = app;
    /** The file that is open in front. */
    const opened = () => {
      const documents = browsers?.tracker.currentWidget?.model.manager;
      return shell.currentWidget ? documents?.contextForWidget(shell.currentWidget)?.path : undefined;
    };
    commands.addCommand(commandIds.fileHistory, {
      label: labels.fileHistory,
      caption: 'Which versions added, changed or removed the file that is open, or chosen',
      icon: historyIcon,
      execute: async ({ selected }) => {
        const file = selected === true ? chosenItem(app, browsers)?.path : opened();
        await showFileHistory(forebay, file, ({ dataset, path }, way) =>
          way.kind === 'open'
            ? commands.execute(commandIds.openFile, { dataset, version: way.version, path })
            : openPage(app, diffView(dataset, way.from, way.to, { path })),
        );
      },
    });
  },
};
