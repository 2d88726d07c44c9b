import type { Placement } from '@forebay/core/api/schemas';
import type { TreeNode } from '../tree/node.ts';
import { targetOf } from '../tree/target.ts';

/**
 * What rows stand for among `all` that lies on caches, each once: of a version what any cache has of it, parts too; of a
 * placement that alone. A file's row stands for none: its version was not chosen.
 */
export function chosenPlacements(
  nodes: readonly TreeNode[],
  all: readonly Placement[],
  latest: (dataset: string) => number | undefined,
): Placement[] {
  const isOf = (node: TreeNode, { id, dataset, version }: Placement) => {
    if (node.kind === 'placement') return node.placement === id;
    if (node.kind === 'entry') return false;
    const target = targetOf(node, latest);
    return target?.dataset === dataset && target.version === version;
  };
  return all.filter((placement) => nodes.some((node) => isOf(node, placement)));
}
