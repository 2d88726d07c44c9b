import { ReadTable } from '../../parts/ReadTable.tsx';
import { axisTitles, formatPlace, formatValue } from '../axis.ts';
import type { ChartView } from '../chartView.ts';
import type { Plotted } from '../series.ts';
import { summaryOf } from './summary.ts';

const head = ['Line', 'From', 'To', 'Points', 'First', 'Newest', 'Least', 'Greatest', 'No number at'];
/** Places that are told. */
const mostMarks = 10;

/** A chart's lines in numbers. */
export function ChartTable({ title, plot, view }: { title: string; plot: Plotted; view: ChartView }) {
  const { axis, smooth, log } = view;
  const value = (y: number | null) => (y === null ? 'none' : formatValue(y));
  const place = (x: number | null) => (x === null ? 'none' : formatPlace(x, axis));
  const how = [smooth > 0 ? `, smoothed by ${smooth.toFixed(2)}` : '', log ? ', logarithmic' : ''].join('');
  const rows = summaryOf(plot).map(({ source, ...line }) => ({
    key: `${source.runId} ${source.key}`,
    cells: [
      source.name,
      ...[line.from, line.to].map(place),
      String(line.points),
      ...[line.first, line.newest, line.least, line.greatest].map(value),
      line.marks.length === 0 ? 'none' : line.marks.slice(0, mostMarks).map(place).join(', '),
    ],
  }));
  return <ReadTable caption={`${title} by ${axisTitles[axis]}${how}`} head={head} rows={rows} />;
}
