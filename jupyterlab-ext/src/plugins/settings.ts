import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IForebay } from '../tokens.ts';

const id = 'jupyterlab-forebay:settings';

export const settingsPlugin: JupyterFrontEndPlugin<void> = {
  id,
  description: "Forebay's settings and context menu.",
  autoStart: true,
  requires: [IForebay, ISettingRegistry],
  activate: async (_: JupyterFrontEnd, forebay: IForebay, registry: ISettingRegistry) => {
    const settings = await registry.load(id);
    const read = () => {
      forebay.preferences = {
        cache: settings.get('cache').composite as string,
        notifyWhenReady: settings.get('notifyWhenReady').composite as boolean,
      };
    };
    settings.changed.connect(read);
    read();
  },
};
