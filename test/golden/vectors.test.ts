import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { canonicalEntry, comparePaths, type Entry } from '../../core/src/dataset/entry.ts';
import { canonicalJson } from '../../core/src/dataset/log/checkpoint.ts';
import { boundaryBits, endsPage } from '../../core/src/dataset/manifest/boundary.ts';
import { hashPage } from '../../core/src/dataset/manifest/page.ts';
import { headerLength, writeHeader } from '../../core/src/dataset/pack/tar.ts';

const vectors = JSON.parse(await readFile(join(import.meta.dirname, 'vectors.json'), 'utf8'));

test('logical entries are written as they were', () => {
  for (const { entry, canonical } of vectors.logicalEntries) expect(canonicalEntry(entry)).toBe(canonical);
});

test('paths have the order that they had', () => {
  expect([...vectors.order].reverse().sort(comparePaths)).toEqual(vectors.order);
});

test('pages end where they ended', () => {
  for (const { path, bits } of vectors.boundaryBits) {
    expect(boundaryBits(path)).toBe(bits);
    // By the definition: the largest power of two that divides the first 8 bytes.
    const first = hash('sha256', path, 'buffer').readBigUInt64BE();
    expect(first % 2n ** BigInt(bits)).toBe(0n);
    expect(first % 2n ** BigInt(bits + 1)).not.toBe(0n);
  }
  for (const { level, bits, count, ends } of vectors.pageEnds)
    expect(endsPage(level, bits, count)).toBe(ends);
});

test('pages have the hashes that they had', () => {
  const entries: Entry[] = vectors.logicalEntries.map(({ entry }: { entry: Entry }) => entry);
  const leaf = hashPage({ level: 0, entries });
  expect(leaf).toBe(vectors.leafHash);
  expect(hashPage({ level: 0, entries: [] })).toBe(vectors.emptyHash);
  const counts = { object: 'x', offset: 0, length: 0, entries: 0, files: 0, bytes: 0 };
  const children = ['link', 'zz'].map((last) => ({ hash: leaf, last, ...counts }));
  expect(hashPage({ level: 1, children })).toBe(vectors.indexHash);
});

test('checkpoints and tar headers have the bytes that they had', () => {
  for (const { value, text } of vectors.canonicalJson) expect(canonicalJson(value)).toBe(text);
  for (const { path, length, sha256 } of vectors.tarHeaders) {
    const target = Buffer.alloc(headerLength(path, 700));
    writeHeader(target, 0, { path, size: 700, executable: path === 'plain.txt', mtime: 1_767_323_045_678 });
    expect([target.length, hash('sha256', target)]).toEqual([length, sha256]);
  }
});
