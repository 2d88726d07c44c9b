import { logScale } from './logScale.ts';
import { element, picture } from './svg.ts';

export interface Series {
  title: string;
  points: { x: number; y: number }[];
}

export interface Axis {
  title: string;
  tick: (value: number) => string;
}

const width = 760;
const height = 400;
const left = 64;
const right = 170;
const top = 34;
const bottom = 52;
const lineHeight = 15;

/** Lines on two logarithmic axes: a straight line of slope 1 is a cost in proportion. */
export function lineChart(title: string, axes: { x: Axis; y: Axis }, series: readonly Series[]): string {
  const points = series.flatMap((each) => each.points);
  const [across, up] = [logScale(points.map((point) => point.x)), logScale(points.map((point) => point.y))];
  const x = (value: number) => left + across.at(value) * (width - left - right);
  const y = (value: number) => height - bottom - up.at(value) * (height - bottom - top);
  const content = [
    ...up.ticks.flatMap((value) => [
      element('line', { x1: left, x2: width - right, y1: y(value), y2: y(value), class: 'grid' }),
      element('text', { x: left - 8, y: y(value) + 4, class: 'quiet end' }, axes.y.tick(value)),
    ]),
    ...across.ticks.map((value) =>
      element('text', { x: x(value), y: height - bottom + 18, class: 'quiet middle' }, axes.x.tick(value)),
    ),
    element('text', { x: 8, y: 18, class: 'quiet' }, axes.y.title),
    element('text', { x: (left + width - right) / 2, y: height - 12, class: 'quiet middle' }, axes.x.title),
  ];
  const ends = apart(series.map((each) => y(each.points.at(-1)?.y ?? 1)));
  series.forEach(({ title: name, points: own }, i) => {
    const path = own.map(
      (point, n) => `${n === 0 ? 'M' : 'L'}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`,
    );
    const last = own.at(-1);
    content.push(
      element('path', { d: path.join(' '), class: `line c${i % 5}` }),
      ...own.map((point) =>
        element('circle', { cx: x(point.x), cy: y(point.y), r: 3.5, class: `dot c${i % 5}` }),
      ),
      element('text', { x: x(last?.x ?? 1) + 10, y: (ends[i] ?? 0) + 4 }, name),
    );
  });
  return picture({ width, height, title }, content);
}

/** The same heights, pushed down where two would be written over each other. */
export function apart(heights: readonly number[]): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const placed = [...heights];
  let least = Number.NEGATIVE_INFINITY;
  for (const i of order) {
    placed[i] = Math.max(heights[i] ?? 0, least);
    least = (placed[i] ?? 0) + lineHeight;
  }
  return placed;
}
