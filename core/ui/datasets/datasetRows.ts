import type { Dataset, LastUse, Placement } from '../../src/api/schemas.ts';
import { sorted, sortOf } from '../grid/sort.ts';
import type { DatasetsView } from './datasetsView.ts';

/** A dataset with what caches know of it. */
export interface DatasetRow {
  dataset: Dataset;
  /** Caches that hold any of its versions, each once. */
  caches: readonly string[];
  /** RFC 3339: any of its versions, from a cache that holds it or held it once; null where none was. */
  lastUsed: string | null;
}

export function datasetRows(
  datasets: readonly Dataset[],
  placements: readonly Placement[],
  uses: readonly LastUse[],
): DatasetRow[] {
  const ready = Map.groupBy(
    placements.filter(({ state }) => state === 'ready'),
    ({ dataset }) => dataset,
  );
  const used = Map.groupBy(uses, ({ dataset }) => dataset);
  return datasets.map((dataset) => {
    const places = ready.get(dataset.name) ?? [];
    return {
      dataset,
      caches: [...new Set(places.map(({ cache }) => cache))].sort(),
      lastUsed: (used.get(dataset.name) ?? [])
        .map(({ lastUsed }) => lastUsed)
        .reduce<string | null>(later, null),
    };
  });
}

const later = (a: string | null, b: string) => (a === null || b > a ? b : a);

/** What a column is sorted by; null stands last. */
const values: Record<string, (row: DatasetRow) => string | number | null> = {
  name: ({ dataset }) => dataset.name,
  version: ({ dataset }) => dataset.latest?.version ?? null,
  size: ({ dataset }) => dataset.latest?.bytes ?? null,
  files: ({ dataset }) => dataset.latest?.files ?? null,
  changed: ({ dataset }) => Date.parse(dataset.latest?.time ?? dataset.created),
  author: ({ dataset }) => dataset.latest?.author ?? null,
  labels: ({ dataset }) => dataset.labels.join(', ') || null,
  cached: ({ caches }) => caches.join(', ') || null,
  used: ({ lastUsed }) => (lastUsed === null ? null : Date.parse(lastUsed)),
};

/** Those that a person asked for, in the order that they chose. */
export function arrangeDatasets(
  rows: readonly DatasetRow[],
  { search, sort, shown, label }: DatasetsView,
): DatasetRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter(({ dataset, caches }) => {
    if (shown === 'cached' && caches.length === 0) return false;
    if (label !== '' && !dataset.labels.includes(label)) return false;
    if (words.length === 0) return true;
    const { name, description, labels, latest } = dataset;
    const text = [name, description, ...labels, latest?.author ?? '', latest?.message ?? '']
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const { id, descending } = sortOf(sort);
  return sorted(found, descending, values[id] ?? values.name ?? (() => null));
}

/** Every label in use with how many datasets have it, by name. */
export function labelsOf(rows: readonly DatasetRow[]): { label: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { dataset } of rows)
    for (const label of dataset.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, count]) => ({ label, count }));
}
