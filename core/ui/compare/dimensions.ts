import { own } from '../../src/api/own.ts';
import type { Run } from '../../src/api/schemas.ts';
import { formatValue } from '../chart/axis.ts';
import { isResource } from '../chart/charts.ts';

/** Something that has a value in each run: a parameter or a metric. */
export interface Dimension {
  /** `param:lr`, `metric:accuracy`. */
  id: string;
  title: string;
  kind: 'param' | 'metric';
  /** Of words, their places in this list; empty where all values are numbers. */
  words: string[];
  /** One a run, in their order; null where a run has none. */
  values: (number | null)[];
}

/** Parameters and metrics whose values differ between runs, or that only some have. */
export function dimensionsOf(runs: readonly Run[]): Dimension[] {
  const keys = (of: (run: Run) => object) => [...new Set(runs.flatMap((run) => Object.keys(of(run))))].sort();
  const params = keys(({ params }) => params).map((key) => paramDimension(key, runs));
  const metrics = keys(({ metrics }) => metrics)
    .filter((key) => !isResource(key) && key !== 'epoch')
    .map((key): Dimension => {
      const values = runs.map(({ metrics }) => own(metrics, key)?.value ?? null);
      return { id: `metric:${key}`, title: key, kind: 'metric', words: [], values };
    });
  return [...params, ...metrics].filter(({ values }) => new Set(values).size > 1);
}

function paramDimension(key: string, runs: readonly Run[]): Dimension {
  const said = runs.map(({ params }) => own(params, key) ?? null);
  const numeric = said.every(
    (each) => each === null || (each.trim() !== '' && Number.isFinite(Number(each))),
  );
  const words = numeric ? [] : [...new Set(said.filter((each) => each !== null))].sort();
  const values = said.map((each) => (each === null ? null : numeric ? Number(each) : words.indexOf(each)));
  return { id: `param:${key}`, title: key, kind: 'param', words, values };
}

/** A value of an axis as it is written beside it. */
export const valueText = ({ words }: Dimension, value: number) => words[value] ?? formatValue(value);

/** What a run has there. */
export function said(dimension: Dimension, run: number): string {
  const value = dimension.values[run] ?? null;
  return value === null ? 'none' : valueText(dimension, value);
}

/**
 * Where a value stands on an axis, 0 to 1; null where there is none. Positive values that span a hundredfold or more
 * are placed by their logarithm, as learning rates are.
 */
export function placed({ kind, values, words }: Dimension): {
  at: (number | null)[];
  ticks: { at: number; value: number }[];
} {
  const known = values.filter((each) => each !== null);
  const low = Math.min(...known);
  const high = Math.max(...known);
  const byLog = words.length === 0 && low > 0 && high / low >= 100;
  const scale = byLog ? Math.log10 : (value: number) => value;
  // Halves, as doubles at both ends of their range are further apart than a double can say.
  const above = (value: number) => scale(value) / 2 - scale(low) / 2;
  const place = (value: number) => (high === low ? 0.5 : above(value) / (above(high) || 1));
  const marks =
    words.length > 0
      ? words.map((_, index) => index)
      : high === low
        ? [low]
        : isTold(kind, known.map(place))
          ? [...new Set(known)].sort((a, b) => a - b)
          : byLog
            ? decades(low, high)
            : roundTicks(low, high);
  return {
    at: values.map((value) => (value === null ? null : place(value))),
    ticks: marks.map((value) => ({ at: place(value), value })),
  };
}

/** Few values that were chosen, far enough from each other to be written beside the axis, say more than round numbers. */
function isTold(kind: Dimension['kind'], places: readonly number[]): boolean {
  const sorted = [...new Set(places)].sort((a, b) => a - b);
  return (
    kind === 'param' &&
    sorted.length <= 5 &&
    sorted.every((at, nth) => nth === 0 || at - (sorted[nth - 1] ?? 0) >= 0.1)
  );
}

/** Multiples of 1, 2, 2.5 or 5 and a power of ten, two to five of them; both ends where a double has none between. */
export function roundTicks(low: number, high: number): number[] {
  const rough = high / 4 - low / 4;
  // Ticks are told with twelve digits: a narrower axis would have the same number on it twice.
  if (rough < Math.max(Math.abs(low), Math.abs(high)) * 1e-11 || rough < 1e-300) return [low, high];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

function decades(low: number, high: number): number[] {
  const inside: number[] = [];
  for (let power = Math.ceil(Math.log10(low) + 1e-9); 10 ** power < high; power++) inside.push(10 ** power);
  return [low, ...inside, high];
}
