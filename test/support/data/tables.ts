import type { Locator } from 'playwright-core';

/** A table's rows by what stands first in them, each by the heads of its columns. */
export async function rowsOf(table: Locator): Promise<Record<string, Record<string, string>>> {
  const [head = [], ...rows] = await table.evaluate((element) =>
    [...(element as HTMLTableElement).rows].map((row) =>
      [...row.cells].map((cell) => cell.textContent ?? ''),
    ),
  );
  return Object.fromEntries(
    rows.map(([name = '', ...cells]) => [
      name,
      Object.fromEntries(cells.map((cell, at) => [head[at + 1] ?? '', cell])),
    ]),
  );
}
