import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparePaths, type Entry } from '../entry.ts';
import { keyOf, randomName } from '../names.ts';
import { arbitraryEntries } from '../testing/arbitraries.ts';
import { collect, entriesOf, sha256, temporaryLake, writeManifest } from '../testing/lake.ts';
import { compress } from './codec.ts';
import { fetchPages } from './fetch.ts';
import type { PageRef } from './page.ts';
import { findEntry, readEntries } from './read.ts';
import { readRoot } from './root.ts';

function files(count: number): Entry[] {
  return Array.from({ length: count }, (_, i) => ({
    kind: 'file' as const,
    path: `folder-${i % 7}/${i}.png`,
    size: i,
    executable: false,
    mtime: 1_700_000_000_000,
    sha256: sha256(),
    parts: [{ pack: 'a'.repeat(26), offset: 512 * i, length: i, codec: 'raw' as const, size: i }],
  })).sort((a, b) => comparePaths(a.path, b.path));
}

async function pagesBelow(lake: Awaited<ReturnType<typeof temporaryLake>>, dataset: string, name: string) {
  const hashes = new Set<string>();
  await collect(readEntries(lake, dataset, name, { onPage: (ref) => void hashes.add(ref.hash) }));
  return hashes;
}

describe('a manifest', () => {
  test('gives back what was written, whatever the names', async () => {
    const lake = await temporaryLake();
    const dataset = randomName();
    await fc.assert(
      fc.asyncProperty(arbitraryEntries, async (entries) => {
        const { name } = await writeManifest(lake, dataset, entries);
        expect(await entriesOf(lake, dataset, name)).toEqual(entries);
      }),
      { numRuns: 60 },
    );
  });

  test('of thousands of files is a tree, of which a path needs one page a level', async () => {
    const lake = await temporaryLake();
    const dataset = randomName();
    const entries = files(40_000);
    const { name, root } = await writeManifest(lake, dataset, entries);
    expect(root.page.level).toBeGreaterThanOrEqual(1);
    expect(await entriesOf(lake, dataset, name)).toEqual(entries);
    let pages = 0;
    const path = 'folder-3/10.png';
    const found = await collect(
      readEntries(lake, dataset, name, { from: path, until: path, onPage: () => pages++ }),
    );
    expect(found).toEqual(entries.filter((entry) => entry.path === path));
    expect(pages).toBe(root.page.level);
    expect(await findEntry(lake, dataset, name, 'folder-3/10.pn')).toBeUndefined();
    expect(await findEntry(lake, dataset, name, 'zzz')).toBeUndefined();
    const below = await collect(readEntries(lake, dataset, name, { prefix: 'folder-5/' }));
    expect(below).toEqual(entries.filter((entry) => entry.path.startsWith('folder-5/')));
    const rest = await collect(readEntries(lake, dataset, name, { from: 'folder-6/39' }));
    expect(rest).toEqual(entries.filter((entry) => comparePaths(entry.path, 'folder-6/39') >= 0));
  });

  test('whose page has not the hash that it should is damaged, also where that page was read before', async () => {
    const lake = await temporaryLake();
    const dataset = randomName();
    const { name } = await writeManifest(lake, dataset, files(5000));
    const refs: PageRef[] = [];
    await collect(readEntries(lake, dataset, name, { onPage: (ref) => refs.push(ref) }));
    const ref = refs.at(-1) as PageRef;
    expect(await collect(fetchPages(lake, dataset, [ref]))).toHaveLength(1);
    const wrong = { ...ref, hash: `sha256:${'0'.repeat(64)}` };
    await expect(collect(fetchPages(lake, dataset, [wrong]))).rejects.toMatchObject({ code: 'damaged' });
  });

  test('of a version with one file changed, added or removed differs in a page a level, or two', async () => {
    const lake = await temporaryLake();
    const dataset = randomName();
    const entries = files(20_000);
    const before = await pagesBelow(lake, dataset, (await writeManifest(lake, dataset, entries)).name);
    const at = 12_345;
    const old = entries[at] as Entry & { kind: 'file' };
    const changes: Entry[][] = [
      entries.with(at, { ...old, sha256: sha256() }),
      entries.toSpliced(at, 1),
      entries.toSpliced(at, 0, { ...old, path: `${entries[at - 1]?.path}+` }),
    ];
    for (const changed of changes) {
      const { name, root } = await writeManifest(lake, dataset, changed);
      const after = await pagesBelow(lake, dataset, name);
      const other = [...after].filter((hash) => !before.has(hash)).length;
      expect(other).toBeGreaterThan(0);
      expect(other).toBeLessThanOrEqual(2 * root.page.level);
    }
  });

  test('with a flipped bit, or another page in its place, is damaged, not another version', async () => {
    const lake = await temporaryLake();
    const dataset = randomName();
    const { name } = await writeManifest(lake, dataset, files(3000));
    for await (const { key } of lake.list(`datasets/${dataset}/pages/`)) {
      const bytes = Buffer.from((await lake.get(key)) ?? []);
      bytes[1000] = (bytes[1000] as number) ^ 4;
      await lake.delete(key);
      await lake.put(key, bytes);
    }
    await expect(entriesOf(lake, dataset, name)).rejects.toMatchObject({ code: 'damaged' });
  });

  test.each(['/etc/passwd', '../x', 'a/../../x', 'a//b', '.', 'a/', '.forebay/index', 'a\0b'])(
    'that holds the path %j is refused',
    async (path) => {
      const lake = await temporaryLake();
      const { name } = await writeManifest(lake, 'd', [{ kind: 'folder', path }]);
      await expect(entriesOf(lake, 'd', name)).rejects.toMatchObject({ code: 'bad-path' });
    },
  );

  test.each([
    ['an entry', ['device', 'a', 0, false, null]],
    ['a codec', ['file', 'a', 1, false, `sha256:${'0'.repeat(64)}`, 1, [[0, 0, 1, 'brotli', 1]]]],
    ['a hash', ['file', 'a', 1, false, 'blake3:00', 1, []]],
    ['a part', ['file', 'a', 1, false, `sha256:${'0'.repeat(64)}`, 1, ['elsewhere']]],
  ])('with %s that only a later Forebay knows is refused as that', async (_, line) => {
    const lake = await temporaryLake();
    const page = { level: 0, packs: ['a'.repeat(26)], entries: [line] };
    const root = { format: 1, digest: 'sha256:', entries: 1, files: 1, bytes: 1, packs: [], page };
    await lake.put(keyOf.root('d', 'r'), compress(JSON.stringify(root)));
    await expect(entriesOf(lake, 'd', 'r')).rejects.toMatchObject({ code: 'lake-feature' });
  });

  test('counts its files and bytes, and what it uses of each pack', async () => {
    const lake = await temporaryLake();
    const entries = files(1000);
    const { name } = await writeManifest(lake, 'd', entries);
    const root = await readRoot(lake, 'd', name);
    const bytes = (999 * 1000) / 2;
    expect(root).toMatchObject({ entries: 1000, files: 1000, bytes });
    expect([...root.packs.values()]).toEqual([{ size: 0, used: bytes }]);
  });

  test('of an empty folder is a version too', async () => {
    const lake = await temporaryLake();
    const { name, root } = await writeManifest(lake, 'd', []);
    expect(root.digest).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(await entriesOf(lake, 'd', name)).toEqual([]);
    expect(await lake.head(keyOf.root('d', name))).toBeGreaterThan(0);
  });
});
