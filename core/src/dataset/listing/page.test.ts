import { expect, test } from 'vitest';
import { fileType } from '../../api/fileType.ts';
import type { FileSort } from '../../api/schemas.ts';
import { comparePaths, type Entry } from '../entry.ts';
import { listFolder } from '../listing.ts';
import { temporaryLake, writeManifest } from '../testing/lake.ts';

const count = 20_000;
const name = (nth: number) => `many/${String(nth).padStart(6, '0')}.${nth % 3 === 0 ? 'PNG' : 'txt'}`;
const file = (path: string, nth: number): Entry => ({
  ...{ kind: 'file', path, size: (nth * 7919) % 1000, executable: false, mtime: nth * 1000 },
  ...{ sha256: '0'.repeat(64), parts: [] },
});
const entries: Entry[] = [
  ...Array.from({ length: count }, (_, nth) => file(name(nth), nth)),
  file('many/a/1.txt', 5),
  file('many/Z/1.txt', 900),
  file('many/Z/2.txt', 901),
].sort((a, b) => comparePaths(a.path, b.path));

async function folder() {
  const lake = await temporaryLake();
  const { name: root } = await writeManifest(lake, 'd', entries);
  return (options: object) => listFolder(lake, 'd', root, { folder: 'many', limit: 50, ...options });
}

test('any page of a large folder is there by its offset, with the number of all rows', async () => {
  const list = await folder();
  const page = await list({ offset: 12_002 });
  expect([page.total, page.complete, page.next]).toEqual([count + 2, true, '12052']);
  expect(page.items.map(({ path }) => path)).toEqual(
    Array.from({ length: 50 }, (_, nth) => name(12_000 + nth)),
  );
  expect(await list({ cursor: '12002' })).toEqual(page);
});

test.each<[FileSort, (item: { path: string; size: number; mtime?: string | undefined }) => string | number]>([
  ['size', ({ size }) => size],
  ['modified', ({ mtime = '' }) => mtime],
  ['type', ({ path }) => fileType(path)],
  ['name', ({ path }) => path],
])('rows sorted by %s stand in order, either way, sub-folders first', async (sort, keyOf) => {
  const list = await folder();
  for (const by of [sort, `-${sort}` as FileSort]) {
    const { items } = await list({ sort: by, limit: count + 2 });
    expect(
      items
        .slice(0, 2)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(['many/Z', 'many/a']);
    const keys = items.slice(2).map(keyOf);
    const ordered = [...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    expect(keys).toEqual(by === sort ? ordered : ordered.reverse());
  }
});

test('the first rows are there before all is read, and all are once it is', async () => {
  const list = await folder();
  const first = await list({ partial: true });
  expect(first.items.length).toBe(50);
  expect(first.total).toBeGreaterThanOrEqual(count + 2);
  expect(await list({})).toMatchObject({ complete: true, total: count + 2 });
  expect(await list({ partial: true })).toMatchObject({ complete: true, total: count + 2 });
});

test('letters lead to the first name that begins so, whatever its case and the order', async () => {
  const list = await folder();
  const at = async (begins: string, sort: FileSort = 'name') =>
    (await list({ begins, sort, limit: 1 })).offset;
  expect([await at('0012'), await at('z'), await at('A')]).toEqual([1202, 0, 1]);
  expect(await at('0012', '-name')).toBe(2 + count - 1 - 1299);
  expect(await list({ begins: 'nothing' })).toMatchObject({ items: [], next: null });
});
