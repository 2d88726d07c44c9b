import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IStateDB } from '@jupyterlab/statedb';
import { readSideBarState, usualState } from '../model/sideBarState.ts';
import { IForebay } from '../tokens.ts';
import { SideBar } from '../view/SideBar.tsx';

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
  },
};
