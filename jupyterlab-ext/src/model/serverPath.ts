/** The path on the server of what JupyterLab's file browser calls `path`, below the server's own folder. */
export function serverPath(serverRoot: string, path: string): string {
  return [serverRoot.replace(/\/+$/, ''), ...path.split('/').filter(Boolean)].join('/');
}
