import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { Seaweed } from '../support/seaweed.ts';

export interface Bucket {
  name: string;
  /** With the link before it, if there is one. */
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** What an unmodified SDK or `forebay` needs in its environment. */
  env: Record<string, string>;
}

/** Makes a bucket that `body` reaches at `endpoint`, and removes it with all that is in it. */
export async function withBucket<T>(
  seaweed: Seaweed,
  endpoint: string,
  body: (bucket: Bucket) => Promise<T>,
): Promise<T> {
  const { region, credentials } = seaweed;
  const name = `bench-${randomBytes(6).toString('hex')}`;
  const client = new S3Client({ endpoint: seaweed.endpoint, region, credentials, forcePathStyle: true });
  try {
    await client.send(new CreateBucketCommand({ Bucket: name }));
    const env = { ...seaweed.env, AWS_ENDPOINT_URL_S3: endpoint };
    const result = await body({ name, endpoint, region, credentials, env });
    // SeaweedFS drops a bucket's volumes with it, however many objects they hold.
    await client.send(new DeleteBucketCommand({ Bucket: name }));
    return result;
  } finally {
    client.destroy();
  }
}
