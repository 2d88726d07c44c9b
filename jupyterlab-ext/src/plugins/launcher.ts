import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILauncher } from '@jupyterlab/launcher';
import { commandIds } from './commandIds.ts';

export const launcherPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:launcher',
  description: 'Opens datasets and runs from the launcher.',
  autoStart: true,
  requires: [ILauncher],
  activate: (_: JupyterFrontEnd, launcher: ILauncher) => {
    for (const [rank, command] of [commandIds.openDatasets, commandIds.openRuns].entries()) {
      launcher.add({ command, args: { isLauncher: true }, category: 'Forebay', rank });
    }
  },
};
