/** One measured value of a series. */
export interface Point {
  step: number;
  /** Milliseconds since 1970. */
  time: number;
  /** NaN and infinities are kept. */
  value: number;
}

/** SQLite knows no NaN: it stands as null. */
export const storedValue = (value: number): number | null => (Number.isNaN(value) ? null : value);
export const numberOf = (stored: number | null): number => stored ?? Number.NaN;

/** Which of two points counts as the newest: the higher step, then the later time, then the higher value (MLflow's rule). */
export function isNewer(a: Point, b: Point): boolean {
  if (a.step !== b.step) return a.step > b.step;
  if (a.time !== b.time) return a.time > b.time;
  return !(a.value < b.value);
}
