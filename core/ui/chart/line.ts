import type { RunBucket } from '../../src/api/schemas.ts';

/** A series as it is drawn, by rising x. */
export interface Line {
  x: number[];
  /** Null where the line has a gap. */
  last: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
  /** Where points are NaN or infinite. */
  gaps: number[];
  /** Several points stand behind some x, so that low and high tell more than last. */
  spread: boolean;
}

/** Buckets as a line; `xOf` says where a bucket stands, null where that isn't known. What shares an x is joined. */
export function lineOf(buckets: readonly RunBucket[], xOf: (bucket: RunBucket) => number | null): Line {
  const placed = buckets.flatMap((bucket) => {
    const x = xOf(bucket);
    return x === null ? [] : [{ x, bucket }];
  });
  const line: Line = { x: [], last: [], low: [], high: [], gaps: [], spread: false };
  for (const { x, bucket } of placed.sort((a, b) => a.x - b.x)) {
    const at = line.x.length - 1;
    const joins = at >= 0 && line.x[at] === x;
    if (joins) {
      line.last[at] = bucket.last;
      line.low[at] = least(Math.min, line.low[at], bucket.min);
      line.high[at] = least(Math.max, line.high[at], bucket.max);
    } else {
      line.x.push(x);
      line.last.push(bucket.last);
      line.low.push(bucket.min);
      line.high.push(bucket.max);
    }
    if (bucket.gaps > 0) line.gaps.push(x);
    line.spread ||= joins || bucket.points > 1;
  }
  return line;
}

function least(of: typeof Math.min, a: number | null | undefined, b: number | null): number | null {
  if (a === null || a === undefined) return b;
  return b === null ? a : of(a, b);
}

/**
 * The exponential moving average, freed of its pull to zero at the beginning (Kingma and Ba 2015, section 3). `weight`
 * is that of what came before: 0 changes nothing. Gaps stay gaps and count for nothing.
 */
export function smooth(values: readonly (number | null)[], weight: number): (number | null)[] {
  if (weight === 0) return [...values];
  let average = 0;
  let share = 0;
  return values.map((value) => {
    if (value === null) return null;
    average = weight * average + (1 - weight) * value;
    share = weight * share + (1 - weight);
    return average / share;
  });
}

/** The epoch at a step, from the run's series `epoch`: the newest one that was logged by then. */
export function epochAt(epochs: readonly RunBucket[]): (bucket: RunBucket) => number | null {
  const known = epochs.flatMap(({ step, last }) => (last === null ? [] : [{ step: step.to, epoch: last }]));
  known.sort((a, b) => a.step - b.step);
  return ({ step }) => known.findLast((each) => each.step <= step.to)?.epoch ?? known[0]?.epoch ?? null;
}
