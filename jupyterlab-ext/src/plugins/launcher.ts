import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILauncher } from '@jupyterlab/launcher';
import { commandIds } from './commandIds.ts';

export const launcherPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:launcher',
  description: "Opens Forebay's side bar from the launcher.",
  autoStart: true,
  requires: [ILauncher],
  activate: (_: JupyterFrontEnd, launcher: ILauncher) => {
    launcher.add({ command: commandIds.open, args: { isLauncher: true }, category: 'Other', rank: 10 });
  },
};
