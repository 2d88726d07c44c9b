import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, InputDialog } from '@jupyterlab/apputils';
import { PageConfig } from '@jupyterlab/coreutils';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { syncFolder } from '../actions/syncFolder.ts';
import { syncIcon } from '../icons/index.ts';
import { serverPath } from '../model/serverPath.ts';
import { IForebay } from '../tokens.ts';
import { commandIds } from './commandIds.ts';

/** The file browser's chosen folder, else the one that it shows; on the server's own disk only. */
function browsedFolder(browsers: IFileBrowserFactory | null, chosen: boolean): string {
  const browser = browsers?.tracker.currentWidget;
  const item = chosen ? browser?.selectedItems().next().value : undefined;
  const path = item?.type === 'directory' ? item.path : (browser?.model.path ?? '');
  return serverPath(PageConfig.getOption('serverRoot'), path);
}

async function askForFolder(shown: string): Promise<string | null> {
  const answer = await InputDialog.getText({
    title: 'Sync folder as new version',
    label: 'Folder on the Jupyter server',
    text: shown,
    okLabel: 'Next',
  });
  return answer.button.accept && answer.value ? answer.value.trim() : null;
}

export const syncPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:sync',
  description: 'Makes a version of a folder.',
  autoStart: true,
  requires: [IForebay],
  optional: [IFileBrowserFactory, ICommandPalette],
  activate: (
    { commands }: JupyterFrontEnd,
    forebay: IForebay,
    browsers: IFileBrowserFactory | null,
    palette: ICommandPalette | null,
  ) => {
    commands.addCommand(commandIds.sync, {
      label: 'Sync folder as new version…',
      icon: syncIcon,
      execute: async ({ selected }) => {
        const shown = browsedFolder(browsers, selected === true);
        const folder = selected === true ? shown : await askForFolder(shown);
        if (!folder) return;
        await syncFolder(forebay, folder, ({ dataset, version }) => [
          {
            label: 'Cache version',
            callback: () => void commands.execute(commandIds.cache, { dataset, version }),
          },
        ]);
      },
    });
    palette?.addItem({ command: commandIds.sync, category: 'Forebay' });
  },
};
