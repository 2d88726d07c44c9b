import { Client } from '@forebay/core/client';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { EventSocket } from '../store/EventSocket.ts';
import { Forebay } from '../store/Forebay.ts';
import { Store } from '../store/Store.ts';
import { jupyterTransport } from '../store/transport.ts';
import { IForebay } from '../tokens.ts';

export const clientPlugin: JupyterFrontEndPlugin<IForebay> = {
  id: 'jupyterlab-forebay:client',
  description: "Talks to Forebay's daemon through the Jupyter server.",
  autoStart: true,
  provides: IForebay,
  activate: ({ serviceManager }: JupyterFrontEnd) => {
    const { serverSettings } = serviceManager;
    const events = new EventSocket(serverSettings);
    const client = new Client(jupyterTransport(serverSettings, events));
    const store = new Store(new Client(jupyterTransport(serverSettings, events, { inBackground: true })));
    store.start();
    void events.start();
    return new Forebay(client, store);
  },
};
