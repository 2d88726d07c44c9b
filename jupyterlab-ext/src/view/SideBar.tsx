import type { JupyterFrontEnd } from '@jupyterlab/application';
import { ReactWidget } from '@jupyterlab/ui-components';
import { forebayIcon } from '../icons/index.ts';
import type { KeptState, SideBarState } from '../model/sideBarState.ts';
import { sideBarId } from '../plugins/commandIds.ts';
import type { IForebay } from '../tokens.ts';
import { HostContext } from './host.ts';
import { Panel } from './Panel.tsx';

/** What was chosen before the page was loaded, and where it is kept. */
export interface StateKeeper {
  kept: Promise<SideBarState>;
  keep: (state: SideBarState) => void;
}

type Commands = JupyterFrontEnd['commands'];

/** The widget in JupyterLab's left area. */
export class SideBar extends ReactWidget {
  readonly #forebay: IForebay;
  readonly #commands: Commands;
  #state: KeptState | undefined;

  constructor(forebay: IForebay, commands: Commands, state: StateKeeper) {
    super();
    void state.kept.then((first) => {
      this.#state = { first, keep: state.keep };
      this.update();
    });
    this.#forebay = forebay;
    this.#commands = commands;
    this.id = sideBarId;
    this.addClass('fb-side-bar');
    this.title.icon = forebayIcon;
    this.title.caption = 'Forebay: datasets and caches';
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'Forebay datasets and caches');
  }

  /** Gives it the focus: who asks for it by keyboard goes on in it. */
  focus(): void {
    const tree = this.node.querySelector<HTMLElement>('[role=tree]');
    (tree ?? this.node.querySelector('button'))?.focus();
  }

  protected override render() {
    if (!this.#state) return [];
    const run = (id: string, args: Record<string, string | number> = {}) =>
      void this.#commands.execute(id, args);
    return (
      <HostContext.Provider value={{ forebay: this.#forebay, run }}>
        <Panel state={this.#state} />
      </HostContext.Provider>
    );
  }
}
