import type uPlot from 'uplot';
import type { RunBucket } from '../../src/api/schemas.ts';
import type { ChartView } from './chartView.ts';
import { epochAt, lineOf, smooth } from './line.ts';

/** One series of one run, and how it is drawn. */
export interface Source {
  /** Key of the series in its run. */
  key: string;
  runId: string;
  /** What a reader calls it, and the run that it is of. */
  name: string;
  runName: string;
  colour: string;
  dashed: boolean;
  /** Milliseconds since 1970: where time begins. */
  start: number;
}

export interface Loaded {
  source: Source;
  buckets: readonly RunBucket[];
  /** The run's series `epoch`, for an axis of epochs. */
  epochs: readonly RunBucket[];
}

export interface Drawn {
  source: Source;
  role: 'main' | 'raw' | 'low' | 'high';
}

export interface Plotted {
  data: uPlot.AlignedData;
  /** What each series of the data is; x left out. */
  drawn: Drawn[];
  /** Where a line's points are no numbers. */
  marks: { x: number; source: Source }[];
}

/** More lines than this are drawn without the band between their least and greatest values. */
const mostBands = 4;

/** Loaded series as a plot takes them; `join` is uPlot's. Null where nothing is to be drawn. */
export function plotted(
  loaded: readonly Loaded[],
  { axis, smooth: weight, log }: ChartView,
  join: typeof uPlot.join,
): Plotted | null {
  const tables: uPlot.AlignedData[] = [];
  const drawn: Drawn[] = [];
  const marks: Plotted['marks'] = [];
  for (const { source, buckets, epochs } of loaded) {
    const line = lineOf(buckets, placeOn(axis, source, epochs));
    if (line.x.length === 0) continue;
    // Nothing at or below zero has a logarithm.
    const drawable = (values: (number | null)[]) =>
      log ? values.map((value) => (value !== null && value > 0 ? value : null)) : values;
    const columns: [Drawn['role'], (number | null)[]][] = [['main', smooth(line.last, weight)]];
    if (weight > 0) columns.push(['raw', line.last]);
    if (line.spread && loaded.length <= mostBands) columns.push(['high', line.high], ['low', line.low]);
    tables.push([line.x, ...columns.map(([, values]) => drawable(values))] as uPlot.AlignedData);
    drawn.push(...columns.map(([role]) => ({ source, role })));
    marks.push(...line.gaps.map((x) => ({ x, source })));
  }
  return tables.length === 0 ? null : { data: join(tables), drawn, marks };
}

function placeOn(axis: ChartView['axis'], { start }: Source, epochs: readonly RunBucket[]) {
  if (axis === 'step') return ({ step }: RunBucket) => step.to;
  if (axis === 'time') return ({ time }: RunBucket) => (time.to - start) / 1000;
  return epochAt(epochs);
}

/** The steps that a stretch of the x axis shows, for reading it again in finer buckets. */
export function stepsWithin(
  loaded: readonly Loaded[],
  axis: ChartView['axis'],
  [from, to]: readonly [number, number],
): { from: number; to: number } | null {
  if (axis === 'step') return { from, to };
  const inside = loaded.flatMap(({ source, buckets, epochs }) => {
    const place = placeOn(axis, source, epochs);
    return buckets.filter((bucket) => {
      const x = place(bucket);
      return x !== null && x >= from && x <= to;
    });
  });
  if (inside.length === 0) return null;
  return {
    from: Math.min(...inside.map(({ step }) => step.from)),
    to: Math.max(...inside.map(({ step }) => step.to)),
  };
}
