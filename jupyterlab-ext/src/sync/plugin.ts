import type { SyncResult } from '@forebay/core/api/schemas';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { InputDialog } from '@jupyterlab/apputils';
import { type FileBrowser, IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { cloneIcon, pullIcon, syncIcon } from '../icons/index.ts';
import { commandIds, labels } from '../plugins/commandIds.ts';
import { versionOf } from '../plugins/commands.ts';
import { IForebay } from '../tokens.ts';
import { browsedFolder, pathOnServer } from './browsedFolder.ts';
import { chosenItem } from './chosenItem.ts';
import { cloneVersion } from './cloneVersion.ts';
import type { FolderStatus } from './FolderStatus.ts';
import { pullFolder } from './pullFolder.ts';
import { syncFolder } from './syncFolder.ts';
import { watchBrowser } from './watchBrowser.ts';

async function askForFolder(title: string, shown: string): Promise<string | null> {
  const answer = await InputDialog.getText({
    title,
    label: 'Folder on the Jupyter server',
    text: shown,
    okLabel: 'Next',
  });
  return answer.button.accept && answer.value ? answer.value.trim() : null;
}

export const syncPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:sync',
  description: 'Makes versions of folders, brings newer ones in, and shows in the file browser what changed.',
  autoStart: true,
  requires: [IForebay],
  optional: [IFileBrowserFactory],
  activate: (app: JupyterFrontEnd, forebay: IForebay, browsers: IFileBrowserFactory | null) => {
    const { commands } = app;
    const watched = new Set<FolderStatus>();
    const lookAgain = () => {
      for (const status of watched) status.soon();
    };
    /** `{folder}`, `{selected: true}` for the one chosen in the file browser; else a person is asked. */
    const folderOf = async (
      { folder, selected }: { folder?: unknown; selected?: unknown },
      title: string,
    ) => {
      if (typeof folder === 'string') return folder;
      const shown = browsedFolder(browsers);
      if (selected !== true) return askForFolder(title, shown);
      const item = chosenItem(app, browsers);
      return item?.type === 'directory' ? pathOnServer(item.path) : shown;
    };
    commands.addCommand(commandIds.sync, {
      label: labels.sync,
      icon: syncIcon,
      execute: async (args) => {
        const folder = await folderOf(args, 'Sync folder as new version');
        if (!folder) return;
        const after = ({ dataset, version }: SyncResult) => [
          {
            label: labels.cache,
            callback: () => void commands.execute(commandIds.cache, { dataset, version }),
          },
          {
            label: labels.openDataset,
            callback: () => void commands.execute(commandIds.openDataset, { dataset }),
          },
        ];
        await syncFolder(forebay, folder, after, () => actions.sync(folder));
        lookAgain();
      },
    });
    commands.addCommand(commandIds.pull, {
      label: labels.pull,
      caption: 'Bring what others made into a working copy',
      icon: pullIcon,
      execute: async (args) => {
        const folder = await folderOf(args, 'Pull newer version');
        if (!folder) return;
        await pullFolder(forebay, folder, () => actions.pull(folder));
        lookAgain();
      },
    });
    commands.addCommand(commandIds.clone, {
      label: labels.clone,
      caption: 'A working copy to change and sync again',
      icon: cloneIcon,
      execute: async (args) => {
        const version = await versionOf(forebay, args, 'Clone version into folder');
        if (version) await cloneVersion(forebay, version, browsedFolder(browsers));
      },
    });
    const actions = {
      sync: (folder: string) => void commands.execute(commandIds.sync, { folder }),
      pull: (folder: string) => void commands.execute(commandIds.pull, { folder }),
      openDataset: (dataset: string) => void commands.execute(commandIds.openDataset, { dataset }),
    };
    const watch = (browser: FileBrowser) => {
      const status = watchBrowser(app, forebay, browser, actions);
      if (!status) return;
      watched.add(status);
      browser.disposed.connect(() => watched.delete(status));
    };
    browsers?.tracker.forEach(watch);
    browsers?.tracker.widgetAdded.connect((_, browser) => watch(browser));
  },
};
