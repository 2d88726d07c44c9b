import type { JupyterFrontEnd } from '@jupyterlab/application';
import { ReactWidget } from '@jupyterlab/ui-components';
import { forebayIcon } from '../icons/index.ts';
import { sideBarId } from '../plugins/commandIds.ts';
import type { IForebay } from '../tokens.ts';
import { HostContext } from './host.ts';
import { Panel } from './Panel.tsx';

type Commands = JupyterFrontEnd['commands'];

/** The widget in JupyterLab's left area. */
export class SideBar extends ReactWidget {
  readonly #forebay: IForebay;
  readonly #commands: Commands;

  constructor(forebay: IForebay, commands: Commands) {
    super();
    this.#forebay = forebay;
    this.#commands = commands;
    this.id = sideBarId;
    this.addClass('fb-side-bar');
    this.title.icon = forebayIcon;
    this.title.caption = 'Forebay: datasets and caches';
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'Forebay datasets and caches');
  }

  protected override render() {
    const run = (id: string, args: Record<string, string | number> = {}) =>
      void this.#commands.execute(id, args);
    return (
      <HostContext.Provider value={{ forebay: this.#forebay, run }}>
        <Panel />
      </HostContext.Provider>
    );
  }
}
