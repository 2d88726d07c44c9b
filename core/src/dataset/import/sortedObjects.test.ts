import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePaths } from '../entry.ts';
import { collect } from '../testing/lake.ts';
import { type FoundObject, SortedObjects } from './sortedObjects.ts';

const object = fc.record({
  path: fc.string({ minLength: 1, maxLength: 3, unit: 'grapheme' }).filter((path) => path.isWellFormed()),
  etag: fc.string(),
  versionId: fc.option(fc.string()),
  size: fc.nat(),
  modified: fc.nat(),
});

test('objects come in path order whatever their order was, in memory or from files, and again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(object), fc.integer({ min: 1, max: 20 }), async (objects, runMost) => {
      const newest = new Map<string, FoundObject>();
      for (const each of objects) {
        const there = newest.get(each.path);
        if (!there || each.modified > there.modified) newest.set(each.path, each);
      }
      const wanted = [...newest.values()].sort((a, b) => comparePaths(a.path, b.path));
      const sorted = new SortedObjects(runMost);
      try {
        for (const each of objects) await sorted.add(each);
        const paths = (await collect(sorted.inOrder())).map(({ path }) => path);
        expect(paths).toEqual(wanted.map(({ path }) => path));
        const modified = (await collect(sorted.inOrder())).map((each) => each.modified);
        expect(modified).toEqual(wanted.map((each) => each.modified));
      } finally {
        await sorted.close();
      }
    }),
  );
});

test('what lies in files is whole, also where lines cross the pieces that are read', async () => {
  const sorted = new SortedObjects(5000);
  const all = Array.from({ length: 12_000 }, (_, at) => ({
    path: `é${String((at * 7919) % 12_000).padStart(6, '0')}${'x'.repeat(at % 90)}`,
    etag: `"${at}"`,
    versionId: at % 2 ? null : String(at),
    size: at,
    modified: at,
  }));
  for (const each of all) await sorted.add(each);
  const found = await collect(sorted.inOrder());
  await sorted.close();
  expect(found).toEqual(all.toSorted((a, b) => comparePaths(a.path, b.path)));
});
