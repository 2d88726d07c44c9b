import { axisTitles, formatElapsed, formatValue } from './axis.ts';
import type { ChartView } from './chartView.ts';
import type { Plotted } from './series.ts';

/** More lines than this are named only where the pointer is. */
const mostNamed = 6;

/** Names of the lines, with their values where the pointer is, else their newest. */
export function Readout({
  plot,
  axis,
  point,
}: {
  plot: Plotted;
  axis: ChartView['axis'];
  point: number | null;
}) {
  const [xs, ...columns] = plot.data;
  const x = point === null ? undefined : xs[point];
  const lines = plot.drawn.flatMap(({ source, role }, at) => {
    if (role !== 'main') return [];
    const column = columns[at] ?? [];
    const value = point === null ? newest(column) : near(column, point);
    return [{ source, value }];
  });
  if (point === null && lines.length > mostNamed) {
    return <p className="fb-readout fb-dim">{lines.length} lines. Point at the chart to read them.</p>;
  }
  return (
    <div className="fb-readout fb-number">
      {x !== undefined && <span className="fb-dim">{formatX(x, axis)}</span>}
      {lines.map(({ source, value }) => (
        <span key={`${source.runId} ${source.key}`} className="fb-readout-line" title={source.name}>
          <i
            className={`fb-chip${source.dashed ? ' fb-chip-dashed' : ''}`}
            style={{ borderColor: source.colour }}
          />
          <span className="fb-cell-text">{source.name}</span>
          <b>{value === null ? '–' : formatValue(value)}</b>
        </span>
      ))}
    </div>
  );
}

const formatX = (x: number, axis: ChartView['axis']) =>
  axis === 'time' ? `${formatElapsed(x)} in` : `${axisTitles[axis]} ${x.toLocaleString('en-US')}`;

type Values = ArrayLike<number | null | undefined>;

function newest(values: Values): number | null {
  for (let at = values.length - 1; at >= 0; at--) {
    const value = values[at];
    if (typeof value === 'number') return value;
  }
  return null;
}

/** Lines of different runs have points at different places: the last one up to there. */
function near(values: Values, point: number): number | null {
  for (let at = point; at >= 0; at--) {
    const value = values[at];
    if (value !== undefined) return value;
  }
  return null;
}
