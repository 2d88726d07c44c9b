import type { Run } from '../api/schemas.ts';

export interface MetricDifference {
  key: string;
  /** As text, so that NaN and infinities are told; null where there is none. */
  before: string | null;
  after: string | null;
}

/**
 * Newest values that differ by more than `tolerance`, of the larger of both where that is above 1; NaN is equal to NaN.
 * What a machine measured of itself is left out.
 */
export function differingMetrics(before: Run, after: Run, tolerance: number): MetricDifference[] {
  return comparedKeys(before, after)
    .map((key) => ({
      key,
      before: before.metrics[key]?.text ?? null,
      after: after.metrics[key]?.text ?? null,
    }))
    .filter(({ before, after }) => !isSame(before, after, tolerance));
}

/**
 * As `differingMetrics`, of two runs each with those within it; which one is told by its name. Those within are told apart
 * by their parameters, since a search starts many at once, and only then by their order. Where they are more on one side,
 * that is a difference too.
 */
export function differingRuns(
  before: readonly Run[],
  after: readonly Run[],
  tolerance: number,
): MetricDifference[] {
  const others = pairedWith(before, after);
  const differences = before.flatMap((run, nth) => {
    const other = others[nth];
    if (!other) return [];
    const label = nth === 0 ? '' : `${run.name}: `;
    return differingMetrics(run, other, tolerance).map((each) => ({ ...each, key: label + each.key }));
  });
  if (before.length === after.length) return differences;
  const count = (runs: readonly Run[]) => String(runs.length - 1);
  return [{ key: 'runs within', before: count(before), after: count(after) }, ...differences];
}

/** For each of `before` one of `after`, the first for the first. */
function pairedWith(before: readonly Run[], after: readonly Run[]): (Run | undefined)[] {
  const [first, ...left] = after;
  const take = (fits: (run: Run) => boolean) => {
    const at = left.findIndex(fits);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const within = before.slice(1);
  const same = within.map((run) => take((other) => paramsKey(other) === paramsKey(run)));
  return [first, ...same.map((found) => found ?? left.shift())];
}

const paramsKey = ({ params }: Run) => JSON.stringify(Object.entries(params).sort());

/** Metrics that either has, by name. */
export function comparedKeys(before: Run, after: Run): string[] {
  const keys = new Set([...Object.keys(before.metrics), ...Object.keys(after.metrics)]);
  return [...keys].filter((key) => !key.startsWith('system/')).sort();
}

function isSame(before: string | null, after: string | null, tolerance: number): boolean {
  if (before === after) return true;
  if (before === null || after === null) return false;
  const [a, b] = [Number(before), Number(after)];
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}
