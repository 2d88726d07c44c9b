import type { TreeNode } from './node.ts';
import type { Row } from './row.ts';

/** What every row said when it was last drawn, so that only rows that say something else are drawn again. */
export class DrawnRows {
  readonly #drawn = new Map<TreeNode, string>();

  /** Keeps `row` as what is on screen, and answers it. */
  draw(node: TreeNode, row: Row): Row {
    this.#drawn.set(node, JSON.stringify(row));
    return row;
  }

  get nodes(): TreeNode[] {
    return [...this.#drawn.keys()];
  }

  /** Nodes on screen, chosen by `among`, whose row would now say something else. */
  changed(among: (node: TreeNode) => boolean, rowOf: (node: TreeNode) => Row): TreeNode[] {
    return [...this.#drawn]
      .filter(([node, drawn]) => among(node) && JSON.stringify(rowOf(node)) !== drawn)
      .map(([node]) => node);
  }
}
