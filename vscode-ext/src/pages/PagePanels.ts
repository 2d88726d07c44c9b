import { namesMore, readView, tableView, viewKey } from '@forebay/core/ui/view';
import {
  type Disposable,
  type ExtensionContext,
  type Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from 'vscode';
import type { MakeActor } from '../actions/editorActor.ts';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { PagePanel } from './PagePanel.ts';

const type = 'forebay.page';

/** The pages that are open, one tab a run and one for the table of runs. */
export class PagePanels {
  readonly #open = new Map<string, PagePanel>();
  readonly #daemon: DaemonModel;
  readonly #actor: MakeActor;
  readonly #extension: Uri;

  constructor(daemon: DaemonModel, actor: MakeActor, extension: Uri) {
    this.#daemon = daemon;
    this.#actor = actor;
    this.#extension = extension;
  }

  /** Restores pages after a reload, and opens those that links lead to. */
  register({ subscriptions }: ExtensionContext): void {
    const serializer = window.registerWebviewPanelSerializer(type, {
      deserializeWebviewPanel: async (panel, state) => {
        this.#adopt(panel, typeof state === 'string' ? state : 'runs');
      },
    });
    const links: Disposable = window.registerUriHandler({
      handleUri: ({ query }) => this.open(query === '' ? 'runs' : query),
    });
    subscriptions.push(serializer, links);
  }

  readonly open = (view: string): void => {
    const asked = readView(view) ?? tableView;
    const known = this.#open.get(viewKey(asked));
    if (known) {
      known.show(namesMore(asked) ? view : known.view);
      return;
    }
    const panel = window.createWebviewPanel(type, 'Forebay', ViewColumn.Active, {
      retainContextWhenHidden: true,
    });
    this.#adopt(panel, view);
  };

  #adopt(webview: WebviewPanel, view: string): void {
    const key = viewKey(readView(view) ?? tableView);
    const panel = new PagePanel(webview, this.#daemon, this.#extension, view, this.#actor, this.open);
    this.#open.set(key, panel);
    panel.onClosed(() => {
      if (this.#open.get(key) === panel) this.#open.delete(key);
    });
  }
}
