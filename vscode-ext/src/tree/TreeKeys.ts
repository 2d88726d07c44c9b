import { commands, type TreeView } from 'vscode';
import type { TreeNode } from './node.ts';

type Act = (node: TreeNode) => Promise<void>;

/**
 * Keys on the row that has the focus. An extension can't see that row, only the selected one: the keybindings select it
 * first (`list.select`), which also opens or closes it; on rows with a page of their own that is taken back.
 */
export class TreeKeys {
  readonly #view: TreeView<TreeNode>;

  constructor(view: TreeView<TreeNode>) {
    this.#view = view;
  }

  on(act: Act): (node?: TreeNode) => Promise<void> {
    return async (node) => {
      if (node) return act(node);
      const selected = this.#view.selection[0];
      if (selected?.kind !== 'dataset' && selected?.kind !== 'version') return;
      await commands.executeCommand('list.toggleExpand');
      await act(selected);
    };
  }
}
