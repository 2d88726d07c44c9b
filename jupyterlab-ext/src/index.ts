import { fileHistoryPlugin } from './fileHistory/plugin.ts';
import { browserPlugin } from './plugins/browser.ts';
import { cachesPlugin } from './plugins/caches.ts';
import { clientPlugin } from './plugins/client.ts';
import { commandsPlugin } from './plugins/commands.ts';
import { comparePlugin } from './plugins/compare.ts';
import { contextMenuPlugin } from './plugins/contextMenu.ts';
import { datasetsPlugin } from './plugins/datasets.ts';
import { drivePlugin } from './plugins/drive.ts';
import { editsPlugin } from './plugins/edits.ts';
import { experimentsPlugin } from './plugins/experiments.ts';
import { launcherPlugin } from './plugins/launcher.ts';
import { notebookPlugin } from './plugins/notebook.ts';
import { pagesPlugin } from './plugins/pages.ts';
import { settingsPlugin } from './plugins/settings.ts';
import { statusPlugin } from './plugins/status.ts';
import { syncPlugin } from './sync/plugin.ts';

export { IForebay } from './tokens.ts';

export default [
  clientPlugin,
  pagesPlugin,
  commandsPlugin,
  cachesPlugin,
  notebookPlugin,
  browserPlugin,
  datasetsPlugin,
  drivePlugin,
  editsPlugin,
  comparePlugin,
  contextMenuPlugin,
  experimentsPlugin,
  fileHistoryPlugin,
  launcherPlugin,
  settingsPlugin,
  statusPlugin,
  syncPlugin,
];
