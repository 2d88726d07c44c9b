import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Widget } from '@lumino/widgets';
import { type Dataset, IForebay } from 'jupyterlab-forebay';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'forebay-count:plugin',
  autoStart: true,
  requires: [IForebay],
  activate: (app: JupyterFrontEnd, forebay: IForebay) => {
    const widget = new Widget();
    widget.id = 'forebay-count';
    app.shell.add(widget, 'top');
    const show = async () => {
      const datasets: Dataset[] = await forebay.client.datasets.list();
      widget.node.textContent = `${datasets.length} datasets, ${datasets.map(({ name }) => name).join(', ')}`;
    };
    forebay.store.changed.connect(show);
    void show();
  },
};

export default plugin;
