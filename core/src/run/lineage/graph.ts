import type { Lineage, LineageNode } from '../../api/index.ts';

/** Up: towards what it was made from. Down: towards what came of it. */
export type Direction = 'up' | 'down';

/** What lies next to a node in one direction: some of it, and how many there are. */
export interface Neighbours {
  of: string;
  found: readonly LineageNode[];
  total: number;
}

export interface Graph {
  nodes: ReadonlyMap<string, LineageNode>;
  edges: ReadonlyMap<string, Lineage['edges'][number]>;
  more: readonly Lineage['more'][number][];
}

/** Nodes of one answer: more than anybody reads. */
export const mostNodes = 500;

export const graphOf = (start: LineageNode): Graph => ({
  nodes: new Map([[start.id, start]]),
  edges: new Map(),
  more: [],
});

/** The graph with one step more, and what that step newly found: where the next one goes on. */
export function extend(
  graph: Graph,
  direction: Direction,
  all: readonly Neighbours[],
  most = mostNodes,
): { graph: Graph; frontier: LineageNode[] } {
  const nodes = new Map(graph.nodes);
  const edges = new Map(graph.edges);
  const more = [...graph.more];
  const frontier: LineageNode[] = [];
  for (const { of, found, total } of all) {
    const shown = found.filter((node) => {
      if (nodes.has(node.id)) return true;
      if (nodes.size >= most) return false;
      nodes.set(node.id, node);
      frontier.push(node);
      return true;
    });
    for (const { id } of shown) {
      const edge = direction === 'down' ? { from: of, to: id } : { from: id, to: of };
      edges.set(JSON.stringify([edge.from, edge.to]), edge);
    }
    if (total > shown.length) more.push({ of, direction, count: total - shown.length });
  }
  return { graph: { nodes, edges, more }, frontier };
}
