interface Fits {
  width: number;
  from?: number;
}

/** The columns that a grid of a width has room for: those that need the widest grid go first. */
export function fitting<T extends Fits>(columns: readonly T[], width: number): T[] {
  // Not measured yet.
  if (width === 0) return [...columns];
  const shown = columns.filter(({ from = 0 }) => width >= from);
  const first = shown.reduce((least, { from = 0 }) => Math.max(least, from), 0);
  const needed = shown.reduce((sum, column) => sum + column.width, 0);
  if (needed <= width || first === 0) return shown;
  return fitting(
    shown.filter(({ from }) => from !== first),
    width,
  );
}
