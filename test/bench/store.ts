import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { type Seaweed, startSeaweed } from '../support/servers/seaweed.ts';
import { startLink } from './link/link.ts';
import { measureLink } from './link/measureLink.ts';
import type { LinkSpec } from './link/shape.ts';
import type { MeasuredLink } from './report/results.ts';

export interface Bucket {
  name: string;
  /** With the link before it, if there is one. */
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** What an unmodified SDK or `forebay` needs in its environment. */
  env: Record<string, string>;
}

/** The store that all share, and the way to it. */
export class Store {
  readonly link: MeasuredLink | null;
  readonly #seaweed: Seaweed;
  readonly #endpoint: string;
  readonly #stopLink: () => Promise<void>;

  private constructor(
    seaweed: Seaweed,
    endpoint: string,
    link: MeasuredLink | null,
    stopLink: () => Promise<void>,
  ) {
    this.#seaweed = seaweed;
    this.#endpoint = endpoint;
    this.link = link;
    this.#stopLink = stopLink;
  }

  static async start(spec: LinkSpec | null): Promise<Store> {
    const unlimited = spec ? await measureLink() : 0;
    const seaweed = await startSeaweed();
    if (!spec) return new Store(seaweed, seaweed.endpoint, null, async () => {});
    const { endpoint, stop } = await startLink(seaweed.endpoint, spec);
    return new Store(seaweed, endpoint, { ...spec, unlimitedBitsPerSecond: unlimited }, stop);
  }

  /** Makes a bucket for `body`, and removes it with all that is in it. */
  async withBucket(body: (bucket: Bucket) => Promise<void>): Promise<void> {
    const { region, credentials } = this.#seaweed;
    const name = `bench-${randomBytes(6).toString('hex')}`;
    const client = new S3Client({
      endpoint: this.#seaweed.endpoint,
      region,
      credentials,
      forcePathStyle: true,
    });
    try {
      await client.send(new CreateBucketCommand({ Bucket: name }));
      const env = { ...this.#seaweed.env, AWS_ENDPOINT_URL_S3: this.#endpoint };
      await body({ name, endpoint: this.#endpoint, region, credentials, env });
    } finally {
      // SeaweedFS drops a bucket's volumes with it, however many objects they hold.
      await client.send(new DeleteBucketCommand({ Bucket: name })).finally(() => client.destroy());
    }
  }

  async stop(): Promise<void> {
    await this.#stopLink();
    await this.#seaweed.stop();
  }
}
