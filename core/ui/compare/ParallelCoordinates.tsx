import { useRef, useState } from 'react';
import type { Run } from '../../src/api/schemas.ts';
import { useSize } from '../live/useSize.ts';
import { ReadTable } from '../parts/ReadTable.tsx';
import { type Dimension, placed, said, valueText } from './dimensions.ts';

/** Pixels. */
const frame = { height: 260, top: 34, bottom: 14, side: 64 } as const;
/** More axes than this can't be read. */
const most = 10;

/** A line a run across its parameters and metrics; the one that is pointed at stands out. */
export function ParallelCoordinates({ runs, dimensions, colours }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const { width } = useSize(place);
  const [pointed, setPointed] = useState<number | null>(null);
  const shown = dimensions.slice(0, most).map((dimension) => ({ dimension, ...placed(dimension) }));
  const across = (width - 2 * frame.side) / Math.max(1, shown.length - 1);
  const x = (index: number) => frame.side + index * across;
  const y = (at: number) => frame.height - frame.bottom - at * (frame.height - frame.top - frame.bottom);
  const path = (run: number) => {
    let pen = 'M';
    return shown
      .map(({ at }, index) => {
        const value = at[run] ?? null;
        if (value === null) {
          pen = 'M';
          return '';
        }
        const step = `${pen}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
        pen = 'L';
        return step;
      })
      .join('');
  };
  return (
    <section aria-label="Parallel coordinates">
      <h3>
        Parameters and metrics of each run
        {pointed !== null && <span className="fb-dim"> {runs[pointed]?.name}</span>}
      </h3>
      {dimensions.length > most && <p className="fb-dim">The first {most} that differ.</p>}
      <div ref={place} style={{ height: frame.height }}>
        {width > 0 && (
          <svg
            width={width}
            height={frame.height}
            role="img"
            aria-label="A line for each run across what differs"
          >
            {runs.map(({ id, name }, run) => (
              <path
                key={id}
                d={path(run)}
                className={`fb-strand${pointed === null || pointed === run ? '' : ' fb-strand-faint'}`}
                stroke={colours[run]}
                strokeWidth={pointed === run ? 3 : 1.5}
                onPointerEnter={() => setPointed(run)}
                onPointerLeave={() => setPointed(null)}
              >
                <title>{name}</title>
              </path>
            ))}
            {shown.map(({ dimension, ticks }, index) => (
              <g key={dimension.id} transform={`translate(${x(index)} 0)`} className="fb-axis">
                <line y1={y(0)} y2={y(1)} />
                <text y={14} textAnchor="middle" className="fb-axis-title">
                  {shortened(dimension.title, across)}
                  <title>{dimension.title}</title>
                </text>
                {ticks.map(({ at, value }) => (
                  <text key={value} x={6} y={y(at) - 4}>
                    {shortened(valueText(dimension, value), across)}
                  </text>
                ))}
              </g>
            ))}
          </svg>
        )}
      </div>
      <ReadTable
        caption="A line for each run across what differs"
        head={['Run', ...shown.map(({ dimension }) => dimension.title)]}
        rows={runs.map(({ id, name }, run) => ({
          key: id,
          cells: [name, ...shown.map(({ dimension }) => said(dimension, run))],
        }))}
      />
    </section>
  );
}

/** As much as fits within so many pixels, in the middle of which something may be missing. */
function shortened(text: string, pixels: number): string {
  const fits = Math.max(6, Math.floor(pixels / 7));
  if (text.length <= fits) return text;
  const half = Math.floor((fits - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(-half)}`;
}

export interface PlotProps {
  runs: readonly Run[];
  dimensions: readonly Dimension[];
  /** One a run. */
  colours: readonly string[];
}
