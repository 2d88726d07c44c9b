import { type Host, Panel, type View } from '@forebay/core/ui';
import { ReactWidget } from '@jupyterlab/ui-components';
import { forebayIcon, runsIcon } from '../icons/index.ts';

const ofRuns: ReadonlySet<View['page']> = new Set(['runs', 'run', 'compare', 'lineage']);

/** One page of Forebay in JupyterLab's main area. */
export class PageWidget extends ReactWidget {
  readonly #host: Host;
  #first: View;
  /** What a person chose since. */
  view: View;

  constructor(view: View, host: (page: PageWidget) => Host) {
    super();
    this.#first = view;
    this.view = view;
    this.#host = host(this);
    this.addClass('fb-root');
    this.title.icon = ofRuns.has(view.page) ? runsIcon : forebayIcon;
    this.title.label = 'Forebay';
    this.title.closable = true;
    this.node.tabIndex = -1;
  }

  /** Else JupyterLab would go on to mark the page that it was opened from. */
  protected override onActivateRequest(): void {
    if (!this.node.contains(document.activeElement)) this.node.focus({ preventScroll: true });
  }

  goTo(view: View): void {
    this.#first = view;
    this.view = view;
    this.update();
  }

  /** A widget by itself only leaves its place: the page would stay known, and could not be opened again. */
  override close(): void {
    super.close();
    this.dispose();
  }

  protected override render() {
    return <Panel host={this.#host} first={this.#first} />;
  }
}
