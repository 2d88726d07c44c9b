import { commands, type TreeView, window } from 'vscode';
import { coalesce } from '../coalesce.ts';
import type { DatasetsModel } from './DatasetsModel.ts';

/** Milliseconds between two letters that are looked for. */
const typingPause = 150;

/** Shows only datasets with some words; the view says which. */
export class FilterCommands {
  readonly #datasets: DatasetsModel;

  constructor(datasets: DatasetsModel, view: TreeView<unknown>) {
    this.#datasets = datasets;
    let said = '';
    datasets.changed.listen(() => {
      const { filter } = datasets;
      // The view's buttons are made anew with every key that is set, and one that is pressed meanwhile hears nothing.
      if (filter === said) return;
      said = filter;
      view.description = filter === '' ? '' : `“${filter}”`;
      void commands.executeCommand('setContext', 'forebay.filtered', filter !== '');
    });
  }

  /** Filters while it is typed; Enter keeps the filter, Escape goes back to the one before. */
  readonly filter = (): void => {
    const before = this.#datasets.filter;
    const input = window.createInputBox();
    const apply = coalesce(typingPause, async () => this.#datasets.setFilter(input.value.trim()));
    let kept = false;
    input.title = 'Filter datasets';
    input.placeholder = 'Words of a name, a description or a label';
    input.value = before;
    input.onDidChangeValue(apply);
    input.onDidAccept(() => {
      kept = true;
      input.hide();
    });
    input.onDidHide(() => {
      this.#datasets.setFilter(kept ? input.value.trim() : before);
      input.dispose();
    });
    input.show();
  };

  readonly clear = (): void => this.#datasets.setFilter('');
}
