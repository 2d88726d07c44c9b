import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Seaweed } from './seaweed.ts';

/** Somebody else's bucket: objects that are none of a lake's. */
export interface Objects {
  bucket: string;
  put(key: string, body: string | Uint8Array): Promise<void>;
  delete(key: string): Promise<void>;
  close(): void;
}

export async function makeObjects(
  { endpoint, region, credentials, bucket }: Seaweed,
  { versioned = false, name = bucket() } = {},
): Promise<Objects> {
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: name }));
  if (versioned) {
    const VersioningConfiguration = { Status: 'Enabled' as const };
    await client.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration }));
  }
  return {
    bucket: name,
    async put(key, body) {
      await client.send(new PutObjectCommand({ Bucket: name, Key: key, Body: Buffer.from(body) }));
    },
    async delete(key) {
      await client.send(new DeleteObjectCommand({ Bucket: name, Key: key }));
    },
    close: () => client.destroy(),
  };
}

/** Puts many, some at once. */
export async function putAll(objects: Objects, contents: Iterable<[string, string | Uint8Array]>) {
  const waiting = contents[Symbol.iterator]();
  const work = async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) await objects.put(...next.value);
  };
  await Promise.all(Array.from({ length: 16 }, work));
}
