import { ForebayError } from '../../api/errors.ts';
import type { LakeLocation } from '../location.ts';
import type { S3Address } from './address.ts';
import { failureName, failureStatus, noCredentials } from './failure.ts';

const full = new Set(['QuotaExceeded', 'XMinioStorageFull', 'InsufficientStorage', 'StorageFull']);
const wrongRegion = new Set([
  'PermanentRedirect',
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
]);
const reasons: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'its name could not be resolved',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  TimeoutError: 'no answer in time',
  ETIMEDOUT: 'no answer in time',
  SlowDown: 'it is busy',
  CutAnswer: 'its answers were cut short',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it signed its TLS certificate itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its TLS certificate goes back to one that signed itself',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'who signed its TLS certificate is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'who signed its TLS certificate is not known here',
  CERT_HAS_EXPIRED: 'its TLS certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its TLS certificate is for another name',
  EPROTO: 'it does not speak TLS as asked',
};

/** What S3 said about the lake (or the bucket that is only read) at `location`, in words of the house. */
export function s3Error(
  location: Pick<LakeLocation, 'url' | 'credentials'>,
  address: Pick<S3Address, 'bucket' | 'endpoint'>,
  thrown: unknown,
  noun: 'lake' | 'bucket' = 'lake',
): ForebayError {
  if (thrown instanceof ForebayError) return thrown;
  const cause = { cause: thrown };
  const { url } = location;
  const what = `${noun} ${url}`;
  const name = failureName(thrown);
  const status = failureStatus(thrown);
  const said = saidBy(thrown);
  if (name === 'NoSuchBucket') {
    return noun === 'lake' ? bucketMissing(location, address, cause) : sourceMissing(address, cause);
  }
  if (noCredentials.has(name)) {
    return new ForebayError(
      'lake-denied',
      `No credentials for the ${what} were found (${said}).`,
      'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile in ~/.aws/credentials with AWS_PROFILE.',
      cause,
    );
  }
  if (wrongRegion.has(name) || status === 301) {
    return new ForebayError(
      'lake-denied',
      `The bucket ${address.bucket} belongs to another region than was asked (S3 said: ${said}).`,
      "Set AWS_REGION to the bucket's region.",
      cause,
    );
  }
  if (full.has(name) || status === 507) {
    return new ForebayError('no-space', `The ${what} is full (S3 said: ${said}).`, undefined, cause);
  }
  if (status === 401 || status === 403) {
    return new ForebayError(
      'lake-denied',
      `The ${what} refuses access (S3 said: ${said}).`,
      name === 'RequestTimeTooSkewed'
        ? "Set this machine's clock right: it is more than 15 minutes from the store's."
        : credentialsHint(location, address, noun),
      cause,
    );
  }
  if (status === 501 || name === 'NotImplemented') {
    return new ForebayError(
      'lake-unsafe',
      `The store of the ${what} cannot do what Forebay needs (S3 said: ${said}).`,
      'Use a store with conditional writes, such as AWS, StorageGRID, Ceph or SeaweedFS in a current version.',
      cause,
    );
  }
  const reason = reasons[name] ?? said;
  return new ForebayError(
    'lake-unreachable',
    `The ${what} cannot be reached at ${endpointName(address)} (${reason}).`,
    reachHint(name),
    cause,
  );
}

function sourceMissing(address: Pick<S3Address, 'bucket' | 'endpoint'>, cause: ErrorOptions): ForebayError {
  return new ForebayError(
    'source-unknown',
    `There is no bucket ${address.bucket} at ${endpointName(address)}.`,
    'Check its name, and the endpoint (AWS_ENDPOINT_URL_S3, or --endpoint of `forebay data import`).',
    cause,
  );
}

export function bucketMissing(
  { url }: Pick<LakeLocation, 'url'>,
  address: Pick<S3Address, 'bucket' | 'endpoint'>,
  cause?: ErrorOptions,
): ForebayError {
  return new ForebayError(
    'lake-missing',
    `There is no bucket ${address.bucket} at ${endpointName(address)}.`,
    `Check the name, or make it: forebay up --lake ${url}`,
    cause,
  );
}

export function bucketForbidden(address: S3Address, thrown: unknown): ForebayError {
  const endpoint = address.endpoint ? ` --endpoint-url ${address.endpoint}` : '';
  return new ForebayError(
    'lake-missing',
    `There is no bucket ${address.bucket} at ${endpointName(address)}, and these credentials may not make it (S3 said: ${saidBy(thrown)}).`,
    `Ask its administrator to make it, or with other credentials: aws s3 mb s3://${address.bucket}${endpoint}`,
    { cause: thrown },
  );
}

export function endpointName({ endpoint }: Pick<S3Address, 'endpoint'>): string {
  return endpoint ?? 'Amazon S3';
}

/** `AccessDenied: Access Denied.`; HEAD answers have no words, only a status. */
function saidBy(thrown: unknown): string {
  const { message = '' } = thrown as Error;
  const name = failureName(thrown);
  const status = failureStatus(thrown);
  const words = [name, message].filter(
    (part, at, all) => part && part !== 'UnknownError' && all.indexOf(part) === at,
  );
  return words.join(': ').replace(/\.$/, '') || (status === undefined ? String(thrown) : `status ${status}`);
}

function credentialsHint(
  { credentials }: Pick<LakeLocation, 'credentials'>,
  { bucket }: Pick<S3Address, 'bucket'>,
  noun: 'lake' | 'bucket',
): string {
  const source = credentials
    ? `Forebay was given the access key ${credentials.accessKeyId}.`
    : process.env.AWS_ACCESS_KEY_ID
      ? `The access key ${process.env.AWS_ACCESS_KEY_ID} comes from AWS_ACCESS_KEY_ID in the environment.`
      : `The credentials come from the profile ${process.env.AWS_PROFILE ?? 'default'} in ~/.aws, or from this machine's role.`;
  return `${source} Check that it is right and may ${noun === 'lake' ? 'read and write' : 'list and read'} ${bucket}.`;
}

function reachHint(name: string): string {
  if (name === 'CERT_HAS_EXPIRED') return 'Ask its administrator for a new one.';
  if (name === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'Write the endpoint with the name that its certificate is for.';
  if (/CERT|SIGNATURE|TLS/.test(name)) {
    return 'Its TLS certificate is not trusted here: name the authority that signed it in NODE_EXTRA_CA_CERTS.';
  }
  if (name === 'EPROTO') return 'Does the endpoint speak http rather than https, or the other way round?';
  return 'Is the endpoint right (AWS_ENDPOINT_URL_S3), the store up, and the network or VPN connected?';
}
