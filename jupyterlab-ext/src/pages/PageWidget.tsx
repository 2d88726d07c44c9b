import { type Host, Panel, type View } from '@forebay/core/ui';
import { ReactWidget } from '@jupyterlab/ui-components';
import { forebayIcon, runsIcon } from '../icons/index.ts';
import { isCovered, uncovered } from './uncovered.ts';

const ofRuns: ReadonlySet<View['page']> = new Set(['runs', 'run', 'compare', 'lineage']);

/** One page of Forebay in JupyterLab's main area. */
export class PageWidget extends ReactWidget {
  readonly #host: Host;
  /** Where the focus was last. */
  #focused: HTMLElement | undefined;
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
    this.node.addEventListener('focusin', ({ target }) => {
      this.#focused = target as HTMLElement;
    });
  }

  /**
   * Takes the focus to where it was on this page: else JupyterLab would go on to mark the page that it was opened from.
   * What a person answers over it goes first: a palette that loses the focus closes.
   */
  protected override onActivateRequest(): void {
    if (isCovered()) return void this.#activateLater();
    if (this.node.contains(document.activeElement)) return;
    this.#focused?.focus({ preventScroll: true });
    if (!this.node.contains(document.activeElement)) this.node.focus({ preventScroll: true });
  }

  async #activateLater(): Promise<void> {
    await uncovered();
    if (this.isVisible) this.activate();
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
