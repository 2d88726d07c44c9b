import { expect, test } from 'vitest';
import { isLoopback, parseS3Address } from './address.ts';

test('a lake lies in a bucket, or under a prefix of one', () => {
  expect(parseS3Address({ url: 's3://bucket' }, {})).toEqual({
    bucket: 'bucket',
    prefix: '',
    endpoint: undefined,
  });
  expect(parseS3Address({ url: 's3://bucket/' }, {}).prefix).toBe('');
  expect(parseS3Address({ url: 's3://my.bucket-1/team/lake/' }, {})).toMatchObject({
    bucket: 'my.bucket-1',
    prefix: 'team/lake/',
  });
});

test("the lake's own endpoint comes before the environment's, S3's before all services'", () => {
  const env = { AWS_ENDPOINT_URL_S3: 'http://s3', AWS_ENDPOINT_URL: 'http://all' };
  expect(parseS3Address({ url: 's3://bucket', endpoint: 'http://own' }, env).endpoint).toBe('http://own');
  expect(parseS3Address({ url: 's3://bucket' }, env).endpoint).toBe('http://s3');
  expect(parseS3Address({ url: 's3://bucket' }, { AWS_ENDPOINT_URL: 'http://all' }).endpoint).toBe(
    'http://all',
  );
});

test.each(['s3://', 's3://ab', 's3://-bad', 's3://bucket/a//b', 's3://bucket/with space', 's3:/bucket'])(
  '%s is refused',
  (url) => {
    expect(() => parseS3Address({ url }, {})).toThrow(
      expect.objectContaining({
        code: 'bad-request',
        message: `'${url}' is not the address of a lake in S3.`,
      }),
    );
  },
);

test.each(['127.0.0.1:8333', 'ftp://host', 'http://'])('the endpoint %s is refused', (endpoint) => {
  expect(() => parseS3Address({ url: 's3://bucket', endpoint }, {})).toThrow(
    expect.objectContaining({ message: `'${endpoint}' is not the address of an S3 endpoint.` }),
  );
});

test("only this machine's own addresses are loopback", () => {
  for (const host of ['127.0.0.1', '127.8.8.8', 'localhost', 's3.localhost', '[::1]']) {
    expect(isLoopback(`http://${host}:8333`)).toBe(true);
  }
  for (const host of ['10.0.0.1', 'localhost.example.com', '127.0.0.1.example.com', '[::2]']) {
    expect(isLoopback(`http://${host}:8333`)).toBe(false);
  }
});
