import type { LineageNode } from '../../src/api/schemas.ts';
import { formatCount } from '../../src/api/text/units.ts';
import { useHost } from '../host.ts';
import { useLive } from '../live/useLive.ts';
import { EmptyFace, FailureFace, Skeleton } from '../parts/Faces.tsx';
import { Icon } from '../parts/Icon.tsx';
import { runView } from '../run/runView.ts';
import { layoutOf, nodeSize, type Placed } from './layout.ts';
import { lineageView } from './lineageView.ts';
import { nodeText } from './nodeText.ts';

/** What something was made from, on its left, and what came of it, on its right. */
export function LineageGraph({ of }: { of: string }) {
  const { value, failure, reload } = useLive(
    ({ lineage }) => lineage.get(of),
    ({ kind }) => kind === 'run' || kind === 'dataset',
    [of],
  );
  if (!value) {
    return failure ? (
      <FailureFace failure={failure} onRetry={reload} known={false} />
    ) : (
      <Skeleton label="Reading the lineage" />
    );
  }
  if (value.edges.length === 0) {
    return (
      <EmptyFace title="Nothing came before or after it">
        <p className="fb-dim">
          What a run reads by <code>--data</code>, and what it makes by <code>forebay data sync</code>, stands
          here.
        </p>
      </EmptyFace>
    );
  }
  const { placed, edges, width, height } = layoutOf(value);
  return (
    <div className="fb-lineage">
      <div style={{ width, height, position: 'relative' }}>
        <svg width={width} height={height} aria-hidden="true">
          {edges.map((edge) => (
            <path key={`${edge.from.node.id} ${edge.to.node.id}`} d={curve(edge.from, edge.to)} />
          ))}
        </svg>
        <ul aria-label="Lineage, from what was used to what came of it">
          {placed.map((place) => (
            <GraphNode key={place.node.id} place={place} chosen={place.node.id === value.of} />
          ))}
        </ul>
      </div>
      {value.more.map(({ of: id, direction, count }) => {
        const node = value.nodes.find((each) => each.id === id);
        const name = node ? nodeText(node).name : id;
        const what = direction === 'up' ? 'that it was made from' : 'that came of it';
        return (
          <p key={`${id} ${direction}`} className="fb-dim">
            {name}: {formatCount(count, 'more thing')} {what}.
          </p>
        );
      })}
    </div>
  );
}

function GraphNode({ place: { node, x, y }, chosen }: { place: Placed; chosen: boolean }) {
  const { open } = useHost();
  const { icon, name, facts } = nodeText(node);
  const view = viewOf(node);
  return (
    <li style={{ left: x, top: y, width: nodeSize.width, height: nodeSize.height }}>
      <button
        type="button"
        className={`fb-node fb-node-${node.kind}${chosen ? ' fb-node-chosen' : ''}`}
        title={`${name}\n${facts}`}
        aria-current={chosen}
        disabled={view === null}
        onClick={() => view && open(view)}
      >
        <Icon name={icon} className={node.kind === 'run' ? `fb-state-${node.state}` : ''} />
        <span className="fb-node-words">
          <span className="fb-cell-text">{name}</span>
          <span className="fb-cell-text fb-dim fb-number">{facts}</span>
        </span>
      </button>
    </li>
  );
}

/** What a press on a node shows. */
function viewOf(node: LineageNode) {
  if (node.kind === 'run') return runView(node.id);
  return node.kind === 'version' && node.version !== null
    ? lineageView(`${node.name}@v${node.version}`)
    : null;
}

function curve(from: Placed, to: Placed): string {
  const [x1, y1] = [from.x + nodeSize.width, from.y + nodeSize.height / 2];
  const [x2, y2] = [to.x, to.y + nodeSize.height / 2];
  const bend = nodeSize.across / 2;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
