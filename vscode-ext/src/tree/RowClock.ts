import type { TreeView } from 'vscode';
import { redrawPause } from './redrawPause.ts';

/** Has rows that tell of time drawn again when they would say something else, while somebody can see them. */
export class RowClock {
  readonly #next: (now: number) => number | undefined;
  readonly #redraw: () => void;
  #visible = false;
  #timer: NodeJS.Timeout | undefined;

  /** `next` says in how many milliseconds a row says something else; undefined where none ever does. */
  constructor(next: (now: number) => number | undefined, redraw: () => void) {
    this.#next = next;
    this.#redraw = redraw;
  }

  attach(view: Pick<TreeView<unknown>, 'visible' | 'onDidChangeVisibility'>): void {
    const follow = (visible: boolean) => {
      this.#visible = visible;
      if (visible) this.#strike();
      else this.set();
    };
    view.onDidChangeVisibility(({ visible }) => follow(visible));
    follow(view.visible);
  }

  /** To be called when rows were drawn, which may have others tell of time. */
  set(): void {
    clearTimeout(this.#timer);
    const wait = this.#visible ? this.#next(Date.now()) : undefined;
    if (wait !== undefined) this.#timer = setTimeout(() => this.#strike(), Math.max(wait, redrawPause));
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #strike(): void {
    this.#redraw();
    this.set();
  }
}
