import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Lake } from '../../lake/lake.ts';
import { comparePaths, type Entry } from '../entry.ts';
import { type ListedPage, type ListOptions, listFolder } from '../listing.ts';
import { arbitraryEntries } from '../testing/arbitraries.ts';
import { temporaryLake, writeManifest } from '../testing/lake.ts';

async function all(lake: Lake, root: string, options: Omit<ListOptions, 'limit'>, limit = 7) {
  const items: ListedPage['items'] = [];
  let cursor: string | undefined;
  do {
    const page = await listFolder(lake, 'd', root, { ...options, cursor, limit });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}

/** What lies directly in the folder, by going through everything. */
function expected(entries: Entry[], prefix: string) {
  const folders = new Map<string, { files: number; size: number }>();
  const others: string[] = [];
  for (const entry of entries.filter(({ path }) => path.startsWith(prefix))) {
    const slash = entry.path.indexOf('/', prefix.length);
    if (slash < 0 && entry.kind !== 'folder') {
      others.push(entry.path);
      continue;
    }
    const name = slash < 0 ? entry.path : entry.path.slice(0, slash);
    const counted = folders.get(name) ?? { files: 0, size: 0 };
    folders.set(name, counted);
    if (entry.kind !== 'file') continue;
    counted.files++;
    counted.size += entry.size;
  }
  const first = [...folders].sort(([a], [b]) => comparePaths(a, b));
  return [...first.map(([path, counts]) => ({ path, kind: 'folder', ...counts })), ...others];
}

const brief = (items: ListedPage['items']) =>
  items.map((item) => (item.kind === 'folder' ? item : item.path));

test('a folder shows its sub-folders with their counts, then its files', async () => {
  const lake = await temporaryLake();
  await fc.assert(
    fc.asyncProperty(arbitraryEntries, async (entries) => {
      const { name } = await writeManifest(lake, 'd', entries);
      expect(brief(await all(lake, name, { folder: '' }))).toEqual(expected(entries, ''));
      const nested = entries.find((entry) => entry.path.includes('/'))?.path ?? '';
      const folder = nested.slice(0, nested.lastIndexOf('/'));
      if (folder) expect(brief(await all(lake, name, { folder }))).toEqual(expected(entries, `${folder}/`));
      expect((await all(lake, name, { folder: '', recursive: true })).map(({ path }) => path)).toEqual(
        entries.map(({ path }) => path),
      );
    }),
    { numRuns: 30 },
  );
});

const many: Entry[] = Array.from({ length: 30_000 }, (_, i) => ({
  kind: 'file' as const,
  path: i % 1000 === 0 ? `top-${i}` : `folder-${i % 3}/sub-${i % 2}/${i}.png`,
  size: i,
  executable: false,
  mtime: 1_700_000_000_000,
  sha256: '0'.repeat(64),
  parts: [],
})).sort((a, b) => comparePaths(a.path, b.path));

test('a large version is listed without reading what its folders hold', async () => {
  const lake = await temporaryLake();
  const { name } = await writeManifest(lake, 'd', many);
  let bytes = 0;
  const get = lake.get.bind(lake);
  lake.get = async (...args) => {
    const got = await get(...args);
    bytes += got?.length ?? 0;
    return got;
  };
  for (const folder of ['', 'folder-1', 'folder-2/sub-0']) {
    const prefix = folder && `${folder}/`;
    expect(brief(await all(lake, name, { folder }, 1000))).toEqual(expected(many, prefix));
    if (folder === '') {
      let whole = 0;
      for await (const { size } of lake.list('datasets/d/pages/')) whole += size;
      expect(bytes).toBeLessThan(whole / 4);
    }
  }
});

test('a search finds paths below the folder, whatever their case and normal form', async () => {
  const lake = await temporaryLake();
  const paths = ['a/Cafe\u0301.txt', 'a/b/CAFÉ', 'cafe\u0301/x', 'z'];
  const { name } = await writeManifest(
    lake,
    'd',
    paths.map((path) => ({ kind: 'folder', path })),
  );
  const found = (folder: string) => all(lake, name, { folder, search: 'Café' }, 1);
  expect((await found('')).map(({ path }) => path)).toEqual(paths.slice(0, 3));
  expect((await found('a')).map(({ path }) => path)).toEqual(paths.slice(0, 2));
});

test('a folder that is not there is said to be so', async () => {
  const lake = await temporaryLake();
  const { name } = await writeManifest(lake, 'd', []);
  expect(await all(lake, name, { folder: '' })).toEqual([]);
  await expect(all(lake, name, { folder: 'nope/' })).rejects.toMatchObject({ code: 'path-unknown' });
});
