import { logScale } from './logScale.ts';
import { element, picture } from './svg.ts';

export interface BarGroup {
  title: string;
  bars: { title: string; value: number; label: string; ours: boolean }[];
}

const width = 760;
const left = 190;
const right = 70;
const barHeight = 16;
const rowHeight = 22;
const groupGap = 34;
const bottom = 44;

/** Bars side by side in groups on one logarithmic axis: a bar half as long is not half as much, the marks say how much. */
export function barChart(
  title: string,
  unit: string,
  groups: readonly BarGroup[],
  tick: (value: number) => string,
): string {
  const values = groups.flatMap(({ bars }) => bars.map(({ value }) => value));
  // The least bar is still one.
  const scale = logScale([...values, Math.min(...values) / 1.5]);
  const x = (value: number) => left + scale.at(value) * (width - left - right);
  const content: string[] = [];
  let y = 0;
  for (const { title: groupTitle, bars } of groups) {
    y += groupGap;
    content.push(element('text', { x: 8, y: y - 10, class: 'strong' }, groupTitle));
    for (const { title: barTitle, value, label, ours } of bars) {
      const middle = y + barHeight - 4;
      content.push(
        element('text', { x: left - 8, y: middle, class: ours ? 'end strong' : 'end' }, barTitle),
        element('rect', {
          x: left,
          y,
          width: x(value) - left,
          height: barHeight,
          rx: 2,
          class: ours ? 'ours' : 'other',
        }),
        element('text', { x: x(value) + 6, y: middle, class: ours ? 'strong' : '' }, label),
      );
      y += rowHeight;
    }
  }
  const height = y + bottom;
  const axis = scale.ticks.flatMap((value) => [
    element('line', { x1: x(value), x2: x(value), y1: groupGap - 6, y2: y + 4, class: 'grid' }),
    element('text', { x: x(value), y: y + 20, class: 'quiet middle' }, tick(value)),
  ]);
  const name = element(
    'text',
    { x: left, y: y + 37, class: 'quiet' },
    `${unit}, logarithmic: less is better`,
  );
  return picture({ width, height, title }, [...axis, name, ...content]);
}
