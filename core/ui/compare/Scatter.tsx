import { useRef } from 'react';
import { useSize } from '../live/useSize.ts';
import { ReadTable } from '../parts/ReadTable.tsx';
import type { CompareView } from './compareView.ts';
import { type Dimension, placed, said, valueText } from './dimensions.ts';
import type { PlotProps } from './ParallelCoordinates.tsx';

/** Pixels. */
const frame = { height: 260, top: 12, right: 24, bottom: 40, left: 72 } as const;

/** A dot a run: what it was told across, what it measured upwards. */
export function Scatter({ runs, dimensions, colours, view, onChange }: ScatterProps) {
  const place = useRef<HTMLDivElement>(null);
  const { width } = useSize(place);
  const find = (id: string, kind: Dimension['kind']) =>
    dimensions.find((each) => each.id === id) ??
    dimensions.find((each) => each.kind === kind) ??
    dimensions[0];
  const [across, up] = [find(view.x, 'param'), find(view.y, 'metric')];
  if (!across || !up) return null;
  const [xs, ys] = [placed(across), placed(up)];
  // Room for dots at the ends.
  const inner = (at: number) => 0.04 + 0.92 * at;
  const x = (at: number) => frame.left + inner(at) * (width - frame.left - frame.right);
  const y = (at: number) =>
    frame.height - frame.bottom - inner(at) * (frame.height - frame.top - frame.bottom);
  const choice = (name: 'x' | 'y', chosen: Dimension) => (
    <select
      className="fb-select"
      aria-label={name === 'x' ? 'Across' : 'Upwards'}
      value={chosen.id}
      onChange={({ target }) => onChange({ [name]: target.value })}
    >
      {dimensions.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </select>
  );
  return (
    <section aria-label="Scatter">
      <div className="fb-toolbar">
        <h3>Scatter</h3>
        {choice('y', up)}
        <span className="fb-dim">by</span>
        {choice('x', across)}
      </div>
      <div ref={place} style={{ height: frame.height }}>
        {width > 0 && (
          <svg width={width} height={frame.height} role="img" aria-label={`${up.title} by ${across.title}`}>
            <g className="fb-axis">
              {ys.ticks.map(({ at, value }) => (
                <g key={value}>
                  <line x1={frame.left} x2={width - frame.right} y1={y(at)} y2={y(at)} />
                  <text x={frame.left - 8} y={y(at) + 4} textAnchor="end">
                    {valueText(up, value)}
                  </text>
                </g>
              ))}
              {xs.ticks.map(({ at, value }) => (
                <text key={value} x={x(at)} y={frame.height - 22} textAnchor="middle">
                  {valueText(across, value)}
                </text>
              ))}
              <text x={x(0.5)} y={frame.height - 4} textAnchor="middle" className="fb-axis-title">
                {across.title}
              </text>
            </g>
            {runs.map(({ id, name }, run) => {
              const [at, height] = [xs.at[run] ?? null, ys.at[run] ?? null];
              if (at === null || height === null) return null;
              return (
                <circle key={id} cx={x(at)} cy={y(height)} r={5} fill={colours[run]}>
                  <title>
                    {`${name}: ${across.title} ${said(across, run)}, ${up.title} ${said(up, run)}`}
                  </title>
                </circle>
              );
            })}
          </svg>
        )}
      </div>
      <ReadTable
        caption={`${up.title} by ${across.title}`}
        head={['Run', across.title, up.title]}
        rows={runs.map(({ id, name }, run) => ({ key: id, cells: [name, said(across, run), said(up, run)] }))}
      />
    </section>
  );
}

interface ScatterProps extends PlotProps {
  view: CompareView;
  onChange: (change: Partial<CompareView>) => void;
}
