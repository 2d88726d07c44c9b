import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Part } from '../entry.ts';
import { randomName } from '../names.ts';
import { DigestSet } from '../pack/digestSet.ts';
import { sha256 } from '../testing/lake.ts';
import { ContentTable } from './contentTable.ts';

const pack = fc.constantFrom(randomName(), randomName(), randomName());
const part = fc
  .record({ pack, offset: fc.nat(2 ** 33), size: fc.nat(2 ** 30), saved: fc.nat(100), codec: fc.boolean() })
  .map(({ pack, offset, size, saved, codec }): Part => {
    const length = codec ? Math.max(0, size - saved) : size;
    return { pack, offset, length, codec: codec ? 'zstd' : 'raw', size };
  });

test('contents are found where they were put, whatever is beside them, and others are not', () => {
  fc.assert(
    fc.property(fc.array(fc.array(part, { minLength: 1, maxLength: 3 }), { maxLength: 200 }), (contents) => {
      const table = new ContentTable();
      const all = new Map(contents.map((parts) => [sha256(), parts]));
      for (const [digest, parts] of all) table.add(digest, parts);
      for (const [digest, parts] of all) expect(table.partsOf(digest)).toEqual(parts);
      expect(table.partsOf(sha256())).toBeUndefined();
      const seen = new DigestSet(table.shared);
      for (const digest of all.keys()) expect(seen.has(Buffer.from(digest, 'hex'))).toBe(true);
      expect(seen.has(Buffer.from(sha256(), 'hex'))).toBe(false);
    }),
  );
});

test('an imported object is nobody else’s content', () => {
  const table = new ContentTable();
  const digest = sha256();
  table.add(digest, [{ external: { url: 'https://a.example/b', etag: 'e', versionId: null, size: 3 } }]);
  expect(table.partsOf(digest)).toBeUndefined();
  expect(table.isEmpty).toBe(true);
});
