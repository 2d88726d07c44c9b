/** A logarithmic axis over all of `values` (greater than 0), from whole decades or their halves to such. */
export interface LogScale {
  /** Where on the axis, 0 at its start and 1 at its end. */
  at: (value: number) => number;
  /** Values that are worth a mark. */
  ticks: number[];
}

const steps = [1, 2, 5];

export function logScale(values: readonly number[]): LogScale {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const marks = marksAround(least, most);
  const [start, end] = [marks[0] as number, marks.at(-1) as number];
  const span = Math.log(end / start) || 1;
  const decades = span / Math.LN10;
  return {
    at: (value) => Math.log(value / start) / span,
    // Three marks a decade where there is room.
    ticks: decades <= 2.5 ? marks : marks.filter((mark) => isDecade(mark)),
  };
}

/** 1, 2, 5, 10, ... from the last that is at most `least` to the first that is at least `most`. */
function marksAround(least: number, most: number): number[] {
  const marks: number[] = [];
  for (let decade = Math.floor(Math.log10(least)) - 1; ; decade++) {
    for (const step of steps) {
      const mark = Number(`${step}e${decade}`);
      if (mark <= least) marks.length = 0;
      marks.push(mark);
      if (mark >= most && marks.length > 1) return marks;
    }
  }
}

function isDecade(mark: number): boolean {
  return Number.isInteger(Number(Math.log10(mark).toFixed(9)));
}
