import type { Plotted, Source } from '../series.ts';

/** A line in numbers: what somebody sees who looks at it. */
export interface LineSummary {
  source: Source;
  /** Places on the x axis; null where nothing is drawn. */
  from: number | null;
  to: number | null;
  points: number;
  first: number | null;
  newest: number | null;
  /** Of all that its buckets hold, where those are drawn. */
  least: number | null;
  greatest: number | null;
  /** Places of what is no number. */
  marks: number[];
}

/** Every line of a chart as it is drawn: smoothed, and without what a logarithmic axis can't show. */
export function summaryOf({ data, drawn, marks }: Plotted): LineSummary[] {
  const [xs, ...columns] = data;
  return drawn.flatMap(({ source, role }, at): LineSummary[] => {
    if (role !== 'main') return [];
    const values = known(columns[at] ?? []);
    const span = drawn.flatMap((each, of) =>
      each.source === source && each.role !== 'raw' ? known(columns[of] ?? []) : [],
    );
    const ys = span.map(({ value }) => value);
    const [first, newest] = [values[0], values.at(-1)];
    return [
      {
        source,
        from: first ? (xs[first.at] ?? null) : null,
        to: newest ? (xs[newest.at] ?? null) : null,
        points: values.length,
        first: first?.value ?? null,
        newest: newest?.value ?? null,
        least: ys.length > 0 ? ys.reduce((a, b) => Math.min(a, b)) : null,
        greatest: ys.length > 0 ? ys.reduce((a, b) => Math.max(a, b)) : null,
        marks: marks.filter((mark) => mark.source === source).map(({ x }) => x),
      },
    ];
  });
}

function known(values: ArrayLike<number | null | undefined>): { at: number; value: number }[] {
  return Array.from(values).flatMap((value, at) => (typeof value === 'number' ? [{ at, value }] : []));
}
