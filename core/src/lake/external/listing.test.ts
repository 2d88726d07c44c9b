import { expect, test } from 'vitest';
import { newestOf, objectsOf } from './listing.ts';

const modified = new Date(1000);

test('keys are decoded as the store says that it wrote them', () => {
  const item = { ETag: '"e"', Size: 3, LastModified: modified };
  const encoded = objectsOf({ EncodingType: 'url', Contents: [{ ...item, Key: 'a+b/%2B%20%C3%A9' }] });
  expect(encoded).toEqual([
    { key: 'a b/+ é', etag: '"e"', versionId: null, size: 3, modified: 1000, garbled: false },
  ]);
  expect(objectsOf({ Contents: [{ ...item, Key: 'a+b%2B' }] })).toMatchObject([{ key: 'a+b%2B' }]);
});

test('a key that the list garbled is known as such', () => {
  expect(objectsOf({ Contents: [{ Key: 'c\uFFFDx' }] })).toMatchObject([{ garbled: true }]);
  expect(objectsOf({ EncodingType: 'url', Contents: [{ Key: 'c%EF%BF%BDx' }] })).toMatchObject([
    { key: 'c\uFFFDx', garbled: false },
  ]);
  expect(objectsOf({ EncodingType: 'url', Contents: [{ Key: 'a%FFb' }] })).toMatchObject([
    { key: 'a%FFb', garbled: true },
  ]);
});

test('of versions the newest counts, and none where that is a delete marker', () => {
  const version = (Key: string, VersionId: string, IsLatest: boolean) => ({ Key, VersionId, IsLatest });
  const page = { Versions: [version('a', '2', true), version('a', '1', false), version('gone', '1', false)] };
  expect(newestOf(page)).toMatchObject([{ key: 'a', versionId: '2' }]);
});
