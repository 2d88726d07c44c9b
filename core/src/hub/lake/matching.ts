import type { DatasetRecord } from '../../dataset/catalog.ts';

/** Datasets that have every word of `search` in their name, description or labels, in whatever case. */
export function matching(
  datasets: readonly DatasetRecord[],
  search: string | undefined,
): readonly DatasetRecord[] {
  const words = (search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return datasets;
  return datasets.filter(({ name, description, labels }) => {
    const text = [name, description, ...labels].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
