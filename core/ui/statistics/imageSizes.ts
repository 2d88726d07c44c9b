import type { SampledImage } from '../../src/api/schemas.ts';

export interface SizeGroup {
  width: number;
  height: number;
  count: number;
}

/** Pictures with the same size are one; most of them first. */
export function sizeGroups(items: readonly SampledImage[]): SizeGroup[] {
  const groups = Map.groupBy(items, ({ width, height }) => `${width} ${height}`);
  return [...groups.values()]
    .map((same) => ({ width: same[0]?.width ?? 0, height: same[0]?.height ?? 0, count: same.length }))
    .sort((a, b) => b.count - a.count);
}

/** How many there are of each mode, most first. */
export function modeCounts(items: readonly SampledImage[]): [mode: string, count: number][] {
  return [...Map.groupBy(items, ({ mode }) => mode)]
    .map(([mode, same]): [string, number] => [mode, same.length])
    .sort((a, b) => b[1] - a[1]);
}

/** Round numbers from 0 to at least `most`, four or five. */
export function ticks(most: number): number[] {
  const rough = Math.max(1, most / 4);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? rough;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, nth) => nth * step);
}
