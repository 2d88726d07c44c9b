import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasDots, objectAt, objectUrl } from './objectUrl.ts';

const endpoints = ['http://127.0.0.1:8333', 'https://s3.example.com/', 'https://gateway.example.com/s3'];
const key = fc
  .string({ minLength: 1, unit: 'grapheme' })
  .filter((text) => text.isWellFormed() && !hasDots(text));

test('any key is found again in its URL, at the endpoint that it was made for and at no other', () => {
  fc.assert(
    fc.property(key, fc.constantFrom(...endpoints), (key, endpoint) => {
      const url = objectUrl({ endpoint, region: undefined, bucket: 'some.bucket', key });
      expect(new URL(url).href).toBe(url);
      expect(objectAt(url, endpoint)).toMatchObject({ bucket: 'some.bucket', key });
      for (const other of [...endpoints.filter((each) => each !== endpoint), undefined]) {
        expect(objectAt(url, other)).toBeUndefined();
      }
    }),
  );
});

test.each([
  ['plain', 'eu-west-1', 'https://plain.s3.eu-west-1.amazonaws.com/a%20b/%2B'],
  ['with.dots', 'us-east-1', 'https://s3.us-east-1.amazonaws.com/with.dots/a%20b/%2B'],
  ['plain', 'cn-north-1', 'https://plain.s3.cn-north-1.amazonaws.com.cn/a%20b/%2B'],
])("Amazon's bucket %s in %s has the URL %s", (bucket, region, url) => {
  const address = { endpoint: undefined, region, bucket, key: 'a b/+' };
  expect(objectUrl(address)).toBe(url);
  expect(objectAt(url, undefined)).toEqual(address);
});

test.each([
  ['http://127.0.0.1:83331/bucket/key', 'http://127.0.0.1:8333'],
  ['http://127.0.0.1:8333@evil.example/bucket/key', 'http://127.0.0.1:8333'],
  ['http://127.0.0.1:8333.evil.example/bucket/key', 'http://127.0.0.1:8333'],
  ['http://127.0.0.1:8333/bucket/key?versionId=1', 'http://127.0.0.1:8333'],
  ['http://127.0.0.1:8333/bucket/a/../key', 'http://127.0.0.1:8333'],
  ['http://127.0.0.1:8333/bucket/a/%2e%2E/key', 'http://127.0.0.1:8333'],
  ['http://127.0.0.1:8333/bucket', 'http://127.0.0.1:8333'],
  ['https://gateway.example.com/other/bucket/key', 'https://gateway.example.com/s3'],
  ['https://bucket.s3.eu-west-1.amazonaws.com.evil.example/key', undefined],
  ['https://evil.example/https://bucket.s3.eu-west-1.amazonaws.com/key', undefined],
  ['http://bucket.s3.eu-west-1.amazonaws.com/key', undefined],
])('%s is no object of %s', (url, endpoint) => {
  expect(objectAt(url, endpoint)).toBeUndefined();
});
