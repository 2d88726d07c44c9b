import { expect, test } from 'vitest';
import { bucketForbidden, s3Error } from './errors.ts';

const location = { url: 's3://bucket/lake', endpoint: 'http://store:8333' };
const address = { bucket: 'bucket', prefix: 'lake/', endpoint: location.endpoint };

const thrown = (name: string, status?: number, message = 'words') =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });

test.each([
  [thrown('QuotaExceeded', 403), 'no-space'],
  [thrown('UnknownError', 507), 'no-space'],
  [thrown('PermanentRedirect', 301), 'lake-denied'],
  [thrown('AuthorizationHeaderMalformed', 400), 'lake-denied'],
  [thrown('AccessDenied', 403), 'lake-denied'],
  [thrown('RequestTimeTooSkewed', 403), 'lake-denied'],
  [thrown('NotImplemented', 501), 'lake-unsafe'],
  [thrown('NoSuchBucket', 404), 'lake-missing'],
  [thrown('SlowDown', 503), 'lake-unreachable'],
  [thrown('InternalError', 500), 'lake-unreachable'],
  [Object.assign(new Error(), { code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'lake-unreachable'],
])('%o becomes %s, its cause kept', (error, code) => {
  expect(s3Error(location, address, error)).toMatchObject({ code, cause: error });
});

test('what S3 said is quoted; where it said nothing, its status is', () => {
  expect(s3Error(location, address, thrown('AccessDenied', 403, 'Access Denied.')).message).toBe(
    'The lake s3://bucket/lake refuses access (S3 said: AccessDenied: Access Denied).',
  );
  expect(s3Error(location, address, thrown('UnknownError', 403, 'UnknownError')).message).toBe(
    'The lake s3://bucket/lake refuses access (S3 said: status 403).',
  );
});

test('a wrong clock and an untrusted certificate have their own way out', () => {
  expect(s3Error(location, address, thrown('RequestTimeTooSkewed', 403)).hint).toBe(
    "Set this machine's clock right: it is more than 15 minutes from the store's.",
  );
  const untrusted = Object.assign(new Error(), { code: 'SELF_SIGNED_CERT_IN_CHAIN' });
  expect(s3Error(location, address, untrusted).hint).toContain('NODE_EXTRA_CA_CERTS');
});

test('who may not make the bucket is told the command for somebody who may', () => {
  expect(bucketForbidden(address, thrown('AccessDenied', 403))).toMatchObject({
    code: 'lake-missing',
    hint: expect.stringContaining('aws s3 mb s3://bucket --endpoint-url http://store:8333'),
  });
});
