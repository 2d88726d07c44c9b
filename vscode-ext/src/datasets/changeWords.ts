/** '3 added, 1 changed'; what didn't happen isn't said, '' where nothing did. */
export function changeWords(counts: { added: number; changed: number; removed: number }): string {
  return (['added', 'changed', 'removed'] as const)
    .filter((what) => counts[what] > 0)
    .map((what) => `${counts[what].toLocaleString('en-US')} ${what}`)
    .join(', ');
}
