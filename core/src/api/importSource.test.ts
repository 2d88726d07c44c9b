import { expect, test } from 'vitest';
import { formatImportSource, parseImportSource } from './importSource.ts';

test.each([
  ['s3://bucket', 'bucket', ''],
  ['s3://bucket/', 'bucket', ''],
  ['s3://my.bucket/a b/c', 'my.bucket', 'a b/c/'],
  ['s3://bucket/a/', 'bucket', 'a/'],
])('%s is the bucket %s and the prefix "%s"', (text, bucket, prefix) => {
  const source = parseImportSource(text);
  expect(source).toEqual({ bucket, prefix });
  expect(parseImportSource(formatImportSource(source))).toEqual(source);
});

test.each([
  ['/data/images', 'a folder is synced'],
  ['images', 'a folder is synced'],
  ['file:///data', 'a folder is synced'],
  ['https://example.com/a.zip', 'not single web addresses'],
  ['gs://bucket/a', "by S3's interface alone"],
  ['s3://', 'names no bucket'],
  ['s3://b/../c', 'names no bucket'],
  ['s3://bucket/a/../c', 'no web address'],
])('%s is refused: %s', (text, why) => {
  expect(() => parseImportSource(text)).toThrow(why);
});
