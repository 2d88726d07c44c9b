import { PageConfig } from '@jupyterlab/coreutils';
import type { FileBrowser, IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { serverPath } from '../model/serverPath.ts';

/** On the server's disk, of a path that JupyterLab knows; null on another drive. */
export function pathOnServer(path: string): string | null {
  // Only at its beginning does a path name a drive; a folder below may have such a name too.
  return path.split('/')[0]?.includes(':') ? null : serverPath(PageConfig.getOption('serverRoot'), path);
}

/** The folder that a file browser shows, on the server's disk; null on another drive. */
export const shownFolder = ({ model }: Pick<FileBrowser, 'model'>): string | null => pathOnServer(model.path);

/** The folder that the file browser shows, on the server's own disk only. */
export function browsedFolder(browsers: IFileBrowserFactory | null): string {
  const path = browsers?.tracker.currentWidget?.model.path ?? '';
  return serverPath(PageConfig.getOption('serverRoot'), path);
}
