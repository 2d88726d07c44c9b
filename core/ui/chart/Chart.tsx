import { useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import { useSize } from '../live/useSize.ts';
import { GlyphButton } from '../parts/GlyphButton.tsx';
import type { ChartView } from './chartView.ts';
import { ChartTable } from './legend/ChartTable.tsx';
import { Readout } from './legend/Readout.tsx';
import { plotOptions } from './plotOptions.ts';
import { plotted, type Source, stepsWithin } from './series.ts';
import { useSeen } from './useSeen.ts';
import { useSeries } from './useSeries.ts';
import { useTheme } from './useTheme.ts';

/** Pixels of its plot. */
const height = 180;

/** Series over one axis; drag chooses a stretch, which is read again in finer buckets, a double click all. */
export function Chart({ title, sources, view, sync, fromZero = false }: ChartProps) {
  const frame = useRef<HTMLElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const seen = useSeen(frame);
  const theme = useTheme(frame);
  const { width } = useSize(place);
  const [zoom, setZoom] = useState<{ x: [number, number]; steps: { from: number; to: number } } | null>(null);
  const [point, setPoint] = useState<number | null>(null);
  const { loaded, failure, reload } = useSeries(seen ? sources : [], view.axis, zoom?.steps ?? null);
  const plot = useMemo(() => loaded && plotted(loaded, view, uPlot.join), [loaded, view]);
  const { axis, log } = view;
  // A stretch of steps is none of time.
  useEffect(() => setZoom(null), [axis]);
  const drawn = useRef<uPlot | null>(null);
  const shape = JSON.stringify([plot?.drawn, view, theme]);
  const latest = useRef({ loaded, plot });
  latest.current = { loaded, plot };

  // What changes within one shape is set below.
  useEffect(() => {
    if (!plot || !theme || width === 0 || !place.current) return;
    const chart = new uPlot(
      plotOptions({
        ...{ plot, view, theme, width, height, fromZero, sync },
        onZoom: (x) => {
          const steps = stepsWithin(latest.current.loaded ?? [], view.axis, x);
          if (steps) setZoom({ x, steps });
        },
        onPoint: setPoint,
      }),
      plot.data,
      place.current,
    );
    drawn.current = chart;
    return () => {
      drawn.current = null;
      chart.destroy();
    };
  }, [shape, sync, width > 0]);
  useEffect(() => {
    if (width > 0) drawn.current?.setSize({ width, height });
  }, [width]);
  useEffect(() => {
    const { current } = drawn;
    if (!current || !plot) return;
    current.setData(plot.data, zoom === null);
    if (zoom) current.setScale('x', { min: zoom.x[0], max: zoom.x[1] });
  }, [plot, zoom, shape]);

  return (
    <figure className="fb-chart" ref={frame} aria-label={title}>
      <figcaption>
        <strong className="fb-cell-text" title={title}>
          {title}
        </strong>
        {log && <span className="fb-dim">log</span>}
        <span className="fb-push" />
        {zoom && <GlyphButton icon="close" label="Show all of it" onClick={() => setZoom(null)} />}
      </figcaption>
      <div
        className="fb-chart-plot"
        ref={place}
        style={{ height }}
        onDoubleClick={() => setZoom(null)}
        role="img"
        aria-label={described(title, sources)}
      >
        {failure && !loaded && (
          <p className="fb-problem">
            {failure.error.message}{' '}
            <button type="button" className="fb-text-button" onClick={reload}>
              Retry
            </button>
          </p>
        )}
        {loaded && !plot && (
          <p className="fb-dim">{axis === 'epoch' ? 'Nothing here says its epoch.' : 'No points yet.'}</p>
        )}
      </div>
      {plot && <Readout {...{ plot, axis, point }} />}
      {plot && <ChartTable {...{ title, plot, view }} />}
    </figure>
  );
}

const described = (title: string, sources: readonly Source[]) =>
  `Line chart of ${title}: ${sources.map(({ name }) => name).join(', ')}`;

interface ChartProps {
  title: string;
  sources: readonly Source[];
  view: ChartView;
  sync: string;
  fromZero?: boolean;
}
