import { Fragment } from 'react';
import { axisTitles, formatPlace, formatValue } from '../axis.ts';
import type { ChartView } from '../chartView.ts';
import type { Plotted, Source } from '../series.ts';
import { legendTable } from './legendTable.ts';

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
  const where = x === undefined ? null : <span className="fb-dim">{formatX(x, axis)}</span>;
  const table = legendTable(lines.map(({ source }) => source));
  if (!table) {
    return (
      <div className="fb-readout fb-number">
        {where}
        {lines.map(({ source, value }) => (
          <span key={`${source.runId} ${source.key}`} className="fb-readout-line" title={source.name}>
            <Chip source={source} />
            <span className="fb-cell-text">{source.name}</span>
            <b>{shown(value)}</b>
          </span>
        ))}
      </div>
    );
  }
  const find = (key: string, runId: string) =>
    lines.find(({ source }) => source.key === key && source.runId === runId);
  return (
    <div
      className="fb-readout fb-readout-table fb-number"
      style={{ gridTemplateColumns: `auto repeat(${table.runs.length}, minmax(0, max-content))` }}
    >
      <span>{where}</span>
      {table.runs.map(({ runId, runName }) => (
        <span key={runId} className="fb-cell-text" title={runName}>
          {runName}
        </span>
      ))}
      {table.keys.map((key) => (
        <Fragment key={key}>
          <span className="fb-dim fb-cell-text" title={key}>
            {key}
          </span>
          {table.runs.map(({ runId }) => {
            const line = find(key, runId);
            return (
              <span key={runId} className="fb-readout-line">
                {line && <Chip source={line.source} />}
                <b>{shown(line?.value ?? null)}</b>
              </span>
            );
          })}
        </Fragment>
      ))}
    </div>
  );
}

function Chip({ source: { colour, dashed } }: { source: Source }) {
  return <i className={`fb-chip${dashed ? ' fb-chip-dashed' : ''}`} style={{ borderColor: colour }} />;
}

const shown = (value: number | null) => (value === null ? '–' : formatValue(value));

const formatX = (x: number, axis: ChartView['axis']) =>
  axis === 'time' ? `${formatPlace(x, axis)} in` : `${axisTitles[axis]} ${formatPlace(x, axis)}`;

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
