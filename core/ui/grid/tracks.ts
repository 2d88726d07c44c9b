import type { CSSProperties } from 'react';

/** Where columns stand, said once for all rows of `fb-grid-line` below. Widths and heights in pixels. */
export function tracksOf(
  columns: readonly { width: number; grows?: boolean }[],
  rowHeight: number,
): CSSProperties {
  const tracks = columns.map(({ width, grows }) => (grows ? `minmax(${width}px, 1fr)` : `${width}px`));
  return {
    ['--fb-tracks' as string]: tracks.join(' '),
    ['--fb-least' as string]: `${columns.reduce((sum, { width }) => sum + width, 0)}px`,
    ['--fb-row' as string]: `${rowHeight}px`,
  };
}
