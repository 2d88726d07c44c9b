/** The same verbs as in VS Code: `forebay:<domain>-<action>`. */
export const commandIds = {
  cache: 'forebay:version-cache',
  clear: 'forebay:version-clear',
  copyPath: 'forebay:version-copy-path',
  copyName: 'forebay:version-copy-name',
  insertMount: 'forebay:notebook-insert-mount',
  sync: 'forebay:dataset-sync-folder',
  cancel: 'forebay:job-cancel',
  refresh: 'forebay:app-refresh',
  open: 'forebay:app-open',
} as const;

export const sideBarId = 'forebay-panel';
