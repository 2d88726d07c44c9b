import { type DataTransfer, DataTransferItem, type TreeDragAndDropController } from 'vscode';
import type { TreeNode } from '../tree/node.ts';
import { type Dragged, draggedType, variantsOf } from './dragged.ts';

/** Rows that are dragged carry the code that opens them, as text for any place that takes some. */
export class RowDragController implements TreeDragAndDropController<TreeNode> {
  readonly dragMimeTypes = ['text/plain', draggedType];
  readonly dropMimeTypes = [];
  readonly #draggedOf: (node: TreeNode) => Dragged | undefined;

  constructor(draggedOf: (node: TreeNode) => Dragged | undefined) {
    this.#draggedOf = draggedOf;
  }

  handleDrag(nodes: readonly TreeNode[], transfer: DataTransfer): void {
    const rows = nodes.map(this.#draggedOf).filter((row) => row !== undefined);
    const [best] = variantsOf(rows);
    if (best === undefined) return;
    transfer.set('text/plain', new DataTransferItem(best.code));
    transfer.set(draggedType, new DataTransferItem(JSON.stringify(rows)));
  }
}
