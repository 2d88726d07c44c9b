import { idOf, type TreeNode } from './node.ts';
import type { Row } from './row.ts';

/** A row that is about to disappear. */
export function goneRow(node: TreeNode): Row {
  return { id: idOf(node), label: '', icon: 'blank', context: 'gone', expandable: false };
}
