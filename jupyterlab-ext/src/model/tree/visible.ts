export interface Visible {
  from: number;
  /** Exclusive. */
  to: number;
}

/** Which rows of a list of equal rows are in sight, with a few around them. Lengths in pixels. */
export function visibleRows(
  count: number,
  rowHeight: number,
  scrollTop: number,
  height: number,
  around = 8,
): Visible {
  const first = Math.floor(scrollTop / rowHeight);
  const shown = Math.ceil(height / rowHeight) + 1;
  const from = Math.max(0, Math.min(count, first - around));
  return { from, to: Math.max(from, Math.min(count, first + shown + around)) };
}

/** Where to scroll so that a row is whole in sight; the same place when it is already. */
export function scrollTo(index: number, rowHeight: number, scrollTop: number, height: number): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - height);
}
