import { browserPlugin } from './plugins/browser.ts';
import { clientPlugin } from './plugins/client.ts';
import { commandsPlugin } from './plugins/commands.ts';
import { launcherPlugin } from './plugins/launcher.ts';
import { notebookPlugin } from './plugins/notebook.ts';
import { settingsPlugin } from './plugins/settings.ts';
import { syncPlugin } from './plugins/sync.ts';

export { IForebay } from './tokens.ts';

export default [
  clientPlugin,
  commandsPlugin,
  notebookPlugin,
  browserPlugin,
  launcherPlugin,
  settingsPlugin,
  syncPlugin,
];
