import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IForebay } from '../tokens.ts';
import { SideBar } from '../view/SideBar.tsx';

export const browserPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-forebay:browser',
  description: 'The side bar with datasets, versions, caches and jobs.',
  autoStart: true,
  requires: [IForebay],
  optional: [ILayoutRestorer],
  activate: (app: JupyterFrontEnd, forebay: IForebay, restorer: ILayoutRestorer | null) => {
    const sideBar = new SideBar(forebay, app.commands);
    app.shell.add(sideBar, 'left', { rank: 150 });
    restorer?.add(sideBar, sideBar.id);
  },
};
