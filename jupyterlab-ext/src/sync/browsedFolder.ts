import { PageConfig } from '@jupyterlab/coreutils';
import type { FileBrowser, IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { serverPath } from '../model/serverPath.ts';

/** The folder that a file browser shows, on the server's disk; null on another drive. */
export function shownFolder({ model }: Pick<FileBrowser, 'model'>): string | null {
  // A drive's paths begin with its name.
  return model.path.includes(':') ? null : serverPath(PageConfig.getOption('serverRoot'), model.path);
}

/** The file browser's chosen folder, else the one that it shows; on the server's own disk only. */
export function browsedFolder(browsers: IFileBrowserFactory | null, chosen: boolean): string {
  const browser = browsers?.tracker.currentWidget;
  const item = chosen ? browser?.selectedItems().next().value : undefined;
  const path = item?.type === 'directory' ? item.path : (browser?.model.path ?? '');
  return serverPath(PageConfig.getOption('serverRoot'), path);
}
