import type { ReactNode } from 'react';

export interface GridColumn<T> {
  /** What it is sorted by; empty where it can't be, and has a title for screen readers only. */
  id: string;
  title: string;
  /** Its title is shown, but nothing sorts by it. */
  unsorted?: boolean;
  /** Pixels; where it grows, the least. */
  width: number;
  /** Takes what the others leave. */
  grows?: boolean;
  /** Right-aligned, and sorted from great to small first. */
  numeric?: boolean;
  /** Shown only where the grid is at least so wide, pixels, and has room for it. */
  from?: number;
  cell: (row: T) => ReactNode;
  /** What hovering says. */
  hint?: (row: T) => string;
}
