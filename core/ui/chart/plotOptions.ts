import type uPlot from 'uplot';
import { formatPlace, formatValue, incrementsOf } from './axis.ts';
import type { ChartView } from './chartView.ts';
import type { Plotted } from './series.ts';
import type { Theme } from './useTheme.ts';

export interface PlotRequest {
  plot: Plotted;
  view: ChartView;
  theme: Theme;
  width: number;
  height: number;
  /** Whether the y axis begins at zero, so that little change looks little. */
  fromZero: boolean;
  /** Charts with the same key show one moment together. */
  sync: string;
  /** A stretch of the x axis was chosen. */
  onZoom: (range: [number, number]) => void;
  /** Where the pointer is, as an index of the data; null where it isn't. */
  onPoint: (index: number | null) => void;
}

/** Told to uPlot in its own words. */
export function plotOptions(request: PlotRequest): uPlot.Options {
  const { plot, view, theme, width, height, fromZero, sync, onZoom, onPoint } = request;
  const axis = {
    stroke: theme.dim,
    font: theme.font,
    grid: { stroke: theme.line, width: 1 },
    ticks: { show: false },
  };
  return {
    ...{ width, height, legend: { show: false }, padding: [8, 12, 0, 0] },
    cursor: {
      sync: { key: sync },
      drag: { x: true, y: false, setScale: false },
      points: { size: 6 },
      y: false,
    },
    scales: {
      x: { time: false },
      y: view.log ? { distr: 3, range: decades } : fromZero ? { range: aboveZero } : {},
    },
    axes: [
      {
        ...{ ...axis, size: 26, space: 56 },
        incrs: ({ data }) => incrementsOf(view.axis, data[0]),
        values: (_, splits) => splits.map((x) => formatPlace(x, view.axis)),
      },
      {
        ...{ ...axis, space: 32 },
        size: (_, values) => 14 + 6.2 * Math.max(3, ...(values ?? []).map((value) => value?.length ?? 0)),
        values: (_, splits) => splits.map((y) => (y === null ? '' : formatValue(y))),
      },
    ],
    series: [{}, ...plot.drawn.map(({ source, role }) => seriesOptions(source, role))],
    bands: plot.drawn.flatMap(({ source, role }, at) =>
      role === 'high' ? [{ series: [at + 1, at + 2] as [number, number], fill: `${source.colour}26` }] : [],
    ),
    hooks: {
      setSelect: [
        (chart) => {
          const { left, width: wide } = chart.select;
          if (wide < 4) return;
          onZoom([chart.posToVal(left, 'x'), chart.posToVal(left + wide, 'x')]);
          chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
      setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)],
      draw: [(chart) => drawMarks(chart, plot.marks)],
    },
  };
}

function seriesOptions(
  { colour, dashed, name }: Plotted['drawn'][number]['source'],
  role: Plotted['drawn'][number]['role'],
): uPlot.Series {
  const plain = { label: name, spanGaps: false };
  if (role === 'low' || role === 'high') return { ...plain, stroke: 'transparent', points: { show: false } };
  if (role === 'raw') return { ...plain, stroke: `${colour}55`, width: 1, points: { show: false } };
  return { ...plain, stroke: colour, width: 1.5, points: { size: 4 }, ...(dashed ? { dash: [5, 4] } : {}) };
}

const aboveZero = (_: uPlot, low: number | null, high: number | null): [number, number] => [
  Math.min(0, low ?? 0),
  (high ?? 0) > 0 ? (high ?? 0) * 1.1 : 1,
];

/** At least one whole decade, so that a flat line has an axis. */
function decades(_: uPlot, low: number | null, high: number | null): [number, number] {
  const from = 10 ** Math.floor(Math.log10(low && low > 0 ? low : 1));
  const to = 10 ** Math.ceil(Math.log10(high && high > 0 ? high : 10));
  return [from, to > from ? to : from * 10];
}

/** A small cross at the foot of the chart where a point is no number. */
function drawMarks({ ctx, bbox, valToPos, scales }: uPlot, marks: Plotted['marks']): void {
  const { min = null, max = null } = scales.x ?? {};
  const arm = 3 * devicePixelRatio;
  const y = bbox.top + bbox.height - 2 * arm;
  ctx.save();
  ctx.lineWidth = 1.5 * devicePixelRatio;
  for (const { x, source } of marks) {
    if (min === null || max === null || x < min || x > max) continue;
    const at = valToPos(x, 'x', true);
    ctx.strokeStyle = source.colour;
    ctx.beginPath();
    ctx.moveTo(at - arm, y - arm);
    ctx.lineTo(at + arm, y + arm);
    ctx.moveTo(at + arm, y - arm);
    ctx.lineTo(at - arm, y + arm);
    ctx.stroke();
  }
  ctx.restore();
}
