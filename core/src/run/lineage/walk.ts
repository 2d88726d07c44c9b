import type { Lineage, LineageNode } from '../../api/index.ts';
import { type Direction, extend, type Graph, graphOf, type Neighbours } from './graph.ts';
import { neighboursOf, type Records } from './neighbours.ts';

export interface Reach {
  /** Steps in each direction. */
  up: number;
  down: number;
  /** Neighbours of one node in one direction. */
  most: number;
}

/** Files of artifacts that are counted for one answer. */
const mostFiles = 20_000;

/** What a node was made from and what came of it, so many steps far; where there is more, it says so. */
export async function readLineage(
  { db, folder }: Omit<Records, 'patience'>,
  start: LineageNode,
  reach: Reach,
): Promise<Lineage> {
  const records = { db, folder, patience: { files: mostFiles } };
  let graph = graphOf(start);
  for (const direction of ['up', 'down'] as const) {
    graph = await walk(records, graph, start, direction, reach);
  }
  const { nodes, edges, more } = graph;
  return { of: start.id, nodes: [...nodes.values()], edges: [...edges.values()], more: [...more] };
}

async function walk(
  records: Records,
  from: Graph,
  start: LineageNode,
  direction: Direction,
  reach: Reach,
): Promise<Graph> {
  let graph = from;
  let frontier = [start];
  for (let step = 0; frontier.length > 0; step++) {
    // One step too far is only counted.
    const most = step < reach[direction] ? reach.most : 0;
    const found: Neighbours[] = [];
    for (const node of frontier) found.push(await neighboursOf(records, direction, node, most));
    ({ graph, frontier } = extend(graph, direction, found));
    // Which of a notebook's versions a run of it read, only the run knows.
    frontier = frontier.filter(({ kind }) => kind !== 'notebook');
  }
  return graph;
}
