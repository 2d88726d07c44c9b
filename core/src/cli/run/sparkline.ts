import type { RunChart } from '../../api/schemas.ts';

const heights = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** A series in one line of text: each bucket's last value between the least and the greatest, `×` where there is none. */
export function sparkline({ buckets }: RunChart): string {
  if (buckets.length < 2) return '';
  const values = buckets.map(({ last }) => last);
  const finite = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  return values
    .map((value) => {
      if (value === null) return '×';
      const share = most === least ? 0.5 : (value - least) / (most - least);
      return heights[Math.min(heights.length - 1, Math.floor(share * heights.length))];
    })
    .join('');
}
