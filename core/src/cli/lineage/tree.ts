import type { Lineage, LineageNode } from '../../api/schemas.ts';
import { formatNumber } from '../text/format.ts';

type Direction = 'up' | 'down';

interface Walk {
  nodes: ReadonlyMap<string, LineageNode>;
  next: ReadonlyMap<string, string[]>;
  more: ReadonlyMap<string, number>;
  describe: (node: LineageNode) => string;
  title: (node: LineageNode) => string;
  shown: Set<string>;
}

/**
 * What a node was made from above it, what came of it below: two trees that share their root. A node that was drawn
 * already is named again without what follows from it.
 */
export function lineageTree(
  lineage: Lineage,
  { describe, title }: { describe: (node: LineageNode) => string; title: (node: LineageNode) => string },
): { above: string[]; below: string[] } {
  const nodes = new Map(lineage.nodes.map((node) => [node.id, node]));
  const lines = (direction: Direction) => {
    const more = new Map(
      lineage.more.filter((each) => each.direction === direction).map(({ of, count }) => [of, count]),
    );
    const walk = {
      nodes,
      next: stepsOf(lineage, direction),
      more,
      describe,
      title,
      shown: new Set([lineage.of]),
    };
    return linesBelow(walk, lineage.of, direction);
  };
  // A tree that grows upwards is one that grows downwards, read from its end.
  const above = lines('up')
    .reverse()
    .map((line) => line.replace('└─', '┌─'));
  return { above, below: lines('down') };
}

function stepsOf({ edges }: Lineage, direction: Direction): Map<string, string[]> {
  const steps = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const [at, next] = direction === 'down' ? [from, to] : [to, from];
    steps.set(at, [...(steps.get(at) ?? []), next]);
  }
  return steps;
}

function linesBelow(walk: Walk, id: string, direction: Direction): string[] {
  const items = (walk.next.get(id) ?? []).map((next) => itemOf(walk, next, direction));
  const left = walk.more.get(id);
  if (left !== undefined) items.push([`... ${formatNumber(left)} more`]);
  return items.flatMap((lines, at) => {
    const last = at === items.length - 1;
    return lines.map((line, i) => `${i > 0 ? (last ? '   ' : '│  ') : last ? '└─ ' : '├─ '}${line}`);
  });
}

function itemOf(walk: Walk, id: string, direction: Direction): string[] {
  const node = walk.nodes.get(id);
  if (!node) return [];
  const goesOn = walk.next.has(id) || walk.more.has(id);
  if (walk.shown.has(id)) return [goesOn ? `${walk.title(node)}, as drawn already` : walk.describe(node)];
  walk.shown.add(id);
  return [walk.describe(node), ...linesBelow(walk, id, direction)];
}
