import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalEntry, comparePaths } from './entry.ts';
import { arbitraryPath } from './testing/arbitraries.ts';

test('paths are in the order of their UTF-8 bytes, also above U+FFFF', () => {
  expect(['😀', '\uffee', 'z'].sort(comparePaths)).toEqual(['z', '\uffee', '😀']);
  fc.assert(
    fc.property(arbitraryPath, arbitraryPath, (a, b) => {
      expect(Math.sign(comparePaths(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { numRuns: 1000 },
  );
});

const file = {
  kind: 'file',
  path: 'a',
  size: 3,
  executable: true,
  mtime: 5,
  sha256: 'ab',
  parts: [],
} as const;

test('where a file lies and when it was changed is not part of its identity', () => {
  const moved = { ...file, mtime: 6, parts: [{ pack: 'p', offset: 1, length: 2, codec: 'zstd', size: 3 }] };
  expect(canonicalEntry(moved as never)).toBe(canonicalEntry({ ...file, parts: [] }));
});

test('an imported file is identified by its object for good, whatever was learned of it', () => {
  const origin = { url: 'https://x/y', etag: 'e', versionId: null };
  const imported = { ...file, parts: [], origin };
  expect(canonicalEntry(imported)).toBe('["file","a",3,true,["https://x/y","e",null]]');
  expect(canonicalEntry({ ...imported, sha256: null })).toBe(canonicalEntry(imported));
});
