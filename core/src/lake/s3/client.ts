import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { S3Credentials, StoreAccess } from '../location.ts';
import { isLoopback } from './address.ts';
import { failureName, noCredentials } from './failure.ts';
import type { Patience } from './patience.ts';

export {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';

/** Callers bound what they send at once; a queue for sockets would count as a connection that takes too long. */
const maxSockets = 512;

/** The SDK's client; retries are ours, since a body is part of an attempt, and a conditional write needs care. */
export async function makeClient(
  access: Omit<StoreAccess, 'endpoint'>,
  endpoint: string | undefined,
  patience: Patience,
  more: Partial<S3ClientConfig> = {},
): Promise<S3Client> {
  const config: S3ClientConfig = {
    maxAttempts: 1,
    requestHandler: requestHandler(endpoint, patience),
    // Checksums beyond the signed SHA-256 are unknown to older StorageGRID, Ceph and SeaweedFS.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    expectContinueHeader: false,
    ...(endpoint ? { endpoint, forcePathStyle: true } : { followRegionRedirects: true }),
    ...(access.region ? { region: access.region } : {}),
    ...(access.credentials ? { credentials: plainCredentials(access.credentials) } : {}),
    ...more,
  };
  const client = new S3Client(config);
  if (await hasRegion(client)) return client;
  return new S3Client({ ...config, region: 'us-east-1' });
}

/** As `makeClient`; where the SDK finds no credentials, or none are to be sent, its requests are not signed. */
export async function makeReader(
  access: Omit<StoreAccess, 'endpoint'>,
  endpoint: string | undefined,
  patience: Patience,
): Promise<{ client: S3Client; signs: boolean }> {
  const client = await makeClient(access, endpoint, patience);
  try {
    await client.config.credentials();
    return { client, signs: true };
  } catch (thrown) {
    if (!noCredentials.has(failureName(thrown))) throw thrown;
    client.destroy();
    return { client: await makeClient(access, endpoint, patience, anonymous), signs: false };
  }
}

const anonymous: Partial<S3ClientConfig> = {
  credentials: { accessKeyId: '', secretAccessKey: '' },
  signer: { sign: async (request) => request },
};

async function hasRegion(client: S3Client): Promise<boolean> {
  try {
    return Boolean(await client.config.region());
  } catch {
    return false;
  }
}

function plainCredentials({ accessKeyId, secretAccessKey, sessionToken }: S3Credentials) {
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

function requestHandler(endpoint: string | undefined, patience: Patience): NodeHttpHandler {
  const proxyEnv = endpoint && isLoopback(endpoint) ? undefined : process.env;
  const options = { keepAlive: true, maxSockets, ...(proxyEnv ? { proxyEnv } : {}) };
  return new NodeHttpHandler({
    connectionTimeout: Math.min(patience.stall, 10_000),
    socketTimeout: patience.stall,
    httpAgent: new HttpAgent(options),
    httpsAgent: new HttpsAgent(options),
  });
}
