import type { DiffTable } from './table.ts';

/**
 * Finds files that only went elsewhere: removed here, added there, with the same content. Empty files are no sign of
 * it. Where several have one content, those of the same name are paired first, then those that are left, in path order.
 * `pause` is asked at each row.
 */
export async function findMoves(
  table: DiffTable,
  pause: () => Promise<void> | undefined = () => undefined,
): Promise<void> {
  const withName = (row: number) => `${contentOf(table, row)}${nameOf(table.path(row))}`;
  const withContent = (row: number) => contentOf(table, row);
  const named = await removedFiles(table, withName, pause);
  if (named.size === 0) return;
  const others: number[] = [];
  for (let row = 0; row < table.length; row++) {
    await pause();
    if (table.is(row) !== 'added' || !table.files(row).after) continue;
    const from = named.get(withName(row))?.pop();
    if (from === undefined) others.push(row);
    else table.move(from, row);
  }
  if (others.length === 0) return;
  const left = await removedFiles(table, withContent, pause);
  for (const to of others) {
    await pause();
    const from = left.get(withContent(to))?.pop();
    if (from !== undefined) table.move(from, to);
  }
}

/** Files that are gone and not known to have moved; of those with one key the first in path order comes last. */
async function removedFiles(
  table: DiffTable,
  keyOf: (row: number) => string,
  pause: () => Promise<void> | undefined,
): Promise<Map<string, number[]>> {
  const rows = new Map<string, number[]>();
  for (let row = table.length - 1; row >= 0; row--) {
    await pause();
    if (table.is(row) !== 'removed' || !table.files(row).before || table.bytes(row).before === 0) continue;
    const key = keyOf(row);
    const known = rows.get(key);
    if (known) known.push(row);
    else rows.set(key, [row]);
  }
  return rows;
}

/** Half of a SHA-256 is plenty to tell contents apart, and half the memory. */
const contentOf = (table: DiffTable, row: number) => table.digest(row)?.toString('latin1', 0, 16) ?? '';

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
