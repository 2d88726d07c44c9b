import type { Axis } from './chartView.ts';

/** Five digits that tell, whole numbers whole: 0.03125, 1.20e-7, 1,234,567. */
export function formatValue(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return value.toExponential(2).replace('e+', 'e');
  return digits.format(Number.isInteger(value) ? value : Number(value.toPrecision(5)));
}

// Made once: to make one takes as long as to format a table's row.
const digits = new Intl.NumberFormat('en-US', { maximumFractionDigits: 8 });

/** Seconds as '45 s', '12 min', '3 h'. */
export function formatElapsed(seconds: number): string {
  const units: [number, string][] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
  ];
  const [length, unit] = units.find(([each]) => Math.abs(seconds) >= each) ?? [1, 's'];
  return `${Number((seconds / length).toFixed(1))} ${unit}`;
}

const upTo = (from: number, to: number, of: readonly number[]) =>
  Array.from({ length: to - from }, (_, at) =>
    of.map((each) => Number((each * 10 ** (from + at)).toPrecision(2))),
  ).flat();

const whole = upTo(0, 16, [1, 2, 5]);
const parts = upTo(-12, 16, [1, 2, 2.5, 5]);
/** Seconds. */
const clock = [1, 2, 5, 10, 15, 30].flatMap((each) => [each, each * 60]);
const spans = [
  ...upTo(-3, 0, [1, 2, 5]),
  ...clock,
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * 3600),
  ...upTo(0, 6, [2, 5, 10]).map((days) => days * 86_400),
].sort((a, b) => a - b);

/** How far apart the numbers on the x axis may stand: steps are whole, and time is told by the clock. */
export function incrementsOf(axis: Axis, xs: ArrayLike<number>): number[] {
  if (axis === 'time') return spans;
  return Array.prototype.every.call(xs, Number.isInteger) ? whole : parts;
}

/** A place on the x axis: '1,234', or '45 s' of time. */
export const formatPlace = (x: number, axis: Axis) => (axis === 'time' ? formatElapsed(x) : digits.format(x));

export const axisTitles = { step: 'step', time: 'time since the start', epoch: 'epoch' } as const;
