import type { Lineage, LineageNode } from '../../src/api/schemas.ts';

/** Pixels. */
export const nodeSize = { width: 190, height: 44, across: 64, down: 14 } as const;

export interface Placed {
  node: LineageNode;
  /** Pixels, of its top left corner. */
  x: number;
  y: number;
}

export interface Layout {
  placed: Placed[];
  edges: { from: Placed; to: Placed }[];
  width: number;
  height: number;
}

/**
 * Left to right, each node behind all that it was made from; within a column near what it is tied to. A cycle, which two
 * versions of equal content can make, is cut where it closes.
 */
export function layoutOf({ nodes, edges }: Pick<Lineage, 'nodes' | 'edges'>): Layout {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const known = edges.filter(({ from, to }) => byId.has(from) && byId.has(to) && from !== to);
  const columnOf = columnsOf(nodes, known);
  const columns: string[][] = [];
  for (const { id } of nodes) {
    const column = columnOf.get(id) ?? 0;
    columns[column] = [...(columns[column] ?? []), id];
  }
  const places = new Map<string, Placed>();
  const tallest = Math.max(0, ...columns.map((ids) => ids?.length ?? 0));
  const stride = nodeSize.height + nodeSize.down;
  for (const [column, ids = []] of columns.entries()) {
    const wanted = (id: string) => {
      const before = known.flatMap(({ from, to }) => (to === id ? (places.get(from)?.y ?? []) : []));
      return before.length === 0 ? Number.POSITIVE_INFINITY : average(before);
    };
    const ordered = ids.map((id) => ({ id, at: wanted(id) })).sort((a, b) => compare(a.at, b.at));
    const top = ((tallest - ids.length) * stride) / 2;
    for (const [row, { id }] of ordered.entries()) {
      const x = column * (nodeSize.width + nodeSize.across);
      places.set(id, { node: byId.get(id) as LineageNode, x, y: top + row * stride });
    }
  }
  return {
    placed: [...places.values()],
    edges: known.map(({ from, to }) => ({ from: places.get(from) as Placed, to: places.get(to) as Placed })),
    width: Math.max(0, columns.length * (nodeSize.width + nodeSize.across) - nodeSize.across),
    height: Math.max(0, tallest * stride - nodeSize.down),
  };
}

/** How many steps the longest way to each node has. */
function columnsOf(nodes: readonly LineageNode[], edges: Lineage['edges']): Map<string, number> {
  const into = Map.groupBy(edges, ({ to }) => to);
  const columns = new Map<string, number>();
  const column = (id: string, above: ReadonlySet<string>): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    const before = (into.get(id) ?? []).filter(({ from }) => !above.has(from));
    const found = Math.max(0, ...before.map(({ from }) => column(from, new Set([...above, id])) + 1));
    columns.set(id, found);
    return found;
  };
  for (const { id } of nodes) column(id, new Set([id]));
  return columns;
}

const average = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;

/** Also of infinities, whose difference is no number. */
const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);
