/** `-size` as `size`, from great to small. */
export const sortOf = (sort: string): { id: string; descending: boolean } =>
  sort.startsWith('-') ? { id: sort.slice(1), descending: true } : { id: sort, descending: false };

/** Pressed once more, a column is sorted the other way; numbers begin with the greatest. */
export function nextSort(sort: string, id: string, numeric = false): string {
  const by = sortOf(sort);
  const descending = by.id === id ? !by.descending : numeric;
  return descending ? `-${id}` : id;
}

/** A copy in order of what `keyOf` says; what has no value stands last either way. */
export function sorted<T>(
  rows: readonly T[],
  descending: boolean,
  keyOf: (row: T) => string | number | null,
): T[] {
  const known = rows.map((row) => ({ row, value: keyOf(row) }));
  const compare = (a: string | number, b: string | number) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : byName.compare(String(a), String(b));
  known.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    return descending ? compare(b.value, a.value) : compare(a.value, b.value);
  });
  return known.map(({ row }) => row);
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
