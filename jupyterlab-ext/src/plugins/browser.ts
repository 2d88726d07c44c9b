import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IStateDB } from '@jupyterlab/statedb';
import { forebayIcon } from '../icons/index.ts';
import { readSideBarState, usualState } from '../model/sideBarState.ts';
import { uncovered } from '../pages/uncovered.ts';
import { IForebay } from '../tokens.ts';
import { SideBar } from '../view/SideBar.tsx';
import { commandIds, labels } from './commandIds.ts';

const id = 'jupyterlab-forebay:browser';

export const browserPlugin: JupyterFrontEndPlugin<void> = {
  id,
  description: 'The side bar with datasets, versions, caches and jobs.',
  autoStart: true,
  requires: [IForebay],
  optional: [ILayoutRestorer, IStateDB],
  activate: (
    app: JupyterFrontEnd,
    forebay: IForebay,
    restorer: ILayoutRestorer | null,
    states: IStateDB | null,
  ) => {
    // JupyterLab reads what was kept once all plugins are there: waiting for it here would last for ever.
    const kept = Promise.resolve(states?.fetch(id)).then(readSideBarState, () => usualState);
    const sideBar = new SideBar(forebay, app.commands, {
      kept,
      keep: (state) => void states?.save(id, { ...state }),
    });
    app.shell.add(sideBar, 'left', { rank: 150 });
    restorer?.add(sideBar, sideBar.id);
    app.commands.addCommand(commandIds.open, {
      label: labels.open,
      caption: 'Datasets, their versions, and what is cached',
      icon: forebayIcon,
      execute: async () => {
        // A palette gives the focus back to where it was.
        await uncovered();
        app.shell.activateById(sideBar.id);
        sideBar.focus();
      },
    });
  },
};
