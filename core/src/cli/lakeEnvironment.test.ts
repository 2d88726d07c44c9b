import { describe, expect, test } from 'vitest';
import { hasCredentials, lakeRequest } from './lakeEnvironment.ts';

const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };

describe("a lake's request", () => {
  test('takes a folder from where the command works, and no credentials with it', () => {
    expect(lakeRequest('lake', '/home/ana', keys)).toEqual({ url: '/home/ana/lake' });
    expect(lakeRequest('file:///srv/my%20lake', '/home/ana', keys)).toEqual({ url: '/srv/my lake' });
  });

  test("takes a bucket's endpoint, region and credentials from the SDK's environment", () => {
    const env = {
      ...keys,
      AWS_SESSION_TOKEN: 't',
      AWS_ENDPOINT_URL: 'http://other',
      AWS_ENDPOINT_URL_S3: 'http://store:9000',
      AWS_DEFAULT_REGION: 'eu-1',
    };
    expect(lakeRequest('s3://bucket/prefix', '/', env)).toEqual({
      url: 's3://bucket/prefix',
      endpoint: 'http://store:9000',
      region: 'eu-1',
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: 't' },
    });
    expect(lakeRequest('s3://bucket', '/', {})).toEqual({ url: 's3://bucket' });
  });
});

test('half a pair of keys is none', () => {
  expect(hasCredentials({ AWS_ACCESS_KEY_ID: 'id' })).toBe(false);
  expect(hasCredentials(keys)).toBe(true);
});
