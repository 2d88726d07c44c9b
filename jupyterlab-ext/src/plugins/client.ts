import { Client } from '@forebay/core/client';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Forebay } from '../store/Forebay.ts';
import { jupyterTransport } from '../store/transport.ts';
import { IForebay } from '../tokens.ts';

export const clientPlugin: JupyterFrontEndPlugin<IForebay> = {
  id: 'jupyterlab-forebay:client',
  description: "Talks to Forebay's daemon through the Jupyter server.",
  autoStart: true,
  provides: IForebay,
  activate: ({ serviceManager }: JupyterFrontEnd) => {
    const transport = jupyterTransport(serviceManager.serverSettings, serviceManager.events.stream);
    const forebay = new Forebay(new Client(transport));
    forebay.store.start();
    return forebay;
  },
};
