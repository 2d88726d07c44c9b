import type { SummaryColumns } from '../store/tables.ts';
import { type Point, storedValue } from './point.ts';

/** What a chart needs to know of points in a row; not empty. */
export function summaryOf(points: readonly Point[]): SummaryColumns {
  const { step, time } = points[0] as Point;
  const all = { step_min: step, step_max: step, time_min: time, time_max: time };
  let [min, max, gaps] = [Infinity, -Infinity, 0];
  for (const { step, time, value } of points) {
    if (step < all.step_min) all.step_min = step;
    if (step > all.step_max) all.step_max = step;
    if (time < all.time_min) all.time_min = time;
    if (time > all.time_max) all.time_max = time;
    if (!Number.isFinite(value)) gaps += 1;
    else {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  const none = gaps === points.length;
  return {
    ...all,
    value_min: none ? null : min,
    value_max: none ? null : max,
    value_last: storedValue(points.at(-1)?.value ?? Number.NaN),
    gaps,
  };
}
