import type { Readable } from 'node:stream';
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { Externals } from '../external/externals.ts';
import { checkKey, tooShort } from '../key.ts';
import type { Lake } from '../lake.ts';
import type { LakeLocation } from '../location.ts';
import type { ByteRange, Cancellable, GetOptions, ObjectInfo } from '../object.ts';
import { rangesIgnored, timeUnknown } from '../unsafe.ts';
import { parseS3Address, type S3Address } from './address.ts';
import { readBody } from './body.ts';
import { bucketForbidden, bucketMissing, s3Error } from './errors.ts';
import { failureStatus, isAbsent, isNeverSent, isRefusedCondition, isTransient } from './failure.ts';
import { type Patience, usualPatience, withPatience } from './patience.ts';

type Sdk = Awaited<ReturnType<typeof loadSdk>>;

/** The SDK takes a quarter of a second to load, which a lake in a folder does without. */
async function loadSdk(location: LakeLocation, address: S3Address, patience: Patience) {
  const sdk = await import('./client.ts');
  return { ...sdk, client: await sdk.makeClient(location, address.endpoint, patience) };
}

/** A lake in a bucket, or under a prefix of one. */
export class S3Lake implements Lake {
  readonly url: string;
  readonly externals: Externals;
  readonly #location: LakeLocation;
  readonly #address: S3Address;
  readonly #patience: Patience;
  #sdk: Promise<Sdk> | undefined;
  #bucketSeen = false;

  constructor(location: LakeLocation, patience: Patience = usualPatience) {
    this.url = location.url;
    this.#location = location;
    this.#address = parseS3Address(location);
    this.#patience = patience;
    this.externals = new Externals(location, patience);
  }

  async create(): Promise<void> {
    if (await this.#bucketIsThere()) return;
    await this.#attempt(async (sdk) => {
      await sdk.client.send(new sdk.CreateBucketCommand({ Bucket: this.#address.bucket })).catch((thrown) => {
        if (failureStatus(thrown) === 403) throw bucketForbidden(this.#address, thrown);
        if (failureStatus(thrown) !== 409) throw thrown;
      });
    });
  }

  get(key: string, { range, signal, arrived, into }: GetOptions = {}): Promise<Uint8Array | undefined> {
    if (range?.length === 0) return this.#nothing(key, range, signal);
    return this.#unlessAbsent(async (sdk) => {
      const command = new sdk.GetObjectCommand({
        ...this.#name(key),
        ...(range && { Range: rangeHeader(range) }),
      });
      const answer = await sdk.client.send(command, signal && { abortSignal: signal }).catch((thrown) => {
        throw range && failureStatus(thrown) === 416 ? tooShort(this.url, key, range) : thrown;
      });
      const body = answer.Body as Readable;
      try {
        if (range) this.#checkRange(key, range, answer);
        return await readBody(body, answer.ContentLength, { arrived, into });
      } finally {
        body.destroy();
      }
    }, signal);
  }

  async put(key: string, body: Uint8Array, { signal }: Cancellable = {}): Promise<void> {
    await this.#attempt(async (sdk) => {
      const command = new sdk.PutObjectCommand({ ...this.#name(key), Body: body });
      await sdk.client.send(command, signal && { abortSignal: signal });
    }, signal);
  }

  /** Tried again like anything else: a second attempt that meets the first one's object answers `created: false`. */
  async putIfAbsent(key: string, body: Uint8Array): Promise<{ created: boolean }> {
    let mayHaveArrived = false;
    try {
      await this.#attempt(async (sdk) => {
        const command = new sdk.PutObjectCommand({ ...this.#name(key), Body: body, IfNoneMatch: '*' });
        await sdk.client.send(command).catch((thrown) => {
          mayHaveArrived ||= isRefusedCondition(thrown) || (isTransient(thrown) && !isNeverSent(thrown));
          throw thrown;
        });
      });
      return { created: true };
    } catch (thrown) {
      if (mayHaveArrived) return { created: false };
      throw thrown;
    }
  }

  async head(key: string, { signal }: Cancellable = {}): Promise<number | undefined> {
    const size = await this.#unlessAbsent(async (sdk) => {
      const command = new sdk.HeadObjectCommand(this.#name(key));
      const answer = await sdk.client.send(command, signal && { abortSignal: signal });
      return answer.ContentLength ?? 0;
    }, signal);
    // Without a body, the 404 of a missing object and of a missing bucket are the same.
    this.#bucketSeen ||= size !== undefined || (await this.#bucketIsThere());
    if (!this.#bucketSeen) throw bucketMissing(this.#location, this.#address);
    return size;
  }

  async *list(prefix: string, { signal }: Cancellable = {}): AsyncGenerator<ObjectInfo> {
    const { bucket, prefix: home } = this.#address;
    let token: string | undefined;
    do {
      const page = await this.#attempt((sdk) => {
        const from = { Bucket: bucket, Prefix: home + prefix, ContinuationToken: token };
        return sdk.client.send(new sdk.ListObjectsV2Command(from), signal && { abortSignal: signal });
      }, signal);
      for (const { Key, Size, LastModified } of page.Contents ?? []) {
        if (Key === undefined) continue;
        // Who doesn't say when is taken for having written it just now.
        const modified = LastModified?.getTime() ?? Number.POSITIVE_INFINITY;
        yield { key: Key.slice(home.length), size: Size ?? 0, modified };
      }
      token = page.NextContinuationToken;
    } while (token);
  }

  async delete(key: string): Promise<void> {
    await this.#unlessAbsent((sdk) => sdk.client.send(new sdk.DeleteObjectCommand(this.#name(key))));
  }

  /** The `Date` of an answer (RFC 9110, 6.6.1). */
  async now(): Promise<number> {
    const date = await this.#attempt(async (sdk) => {
      const command = new sdk.HeadBucketCommand({ Bucket: this.#address.bucket });
      let headers: Record<string, string> = {};
      command.middlewareStack.add(
        (next) => async (args) => {
          const answer = await next(args);
          headers = (answer.response as { headers?: Record<string, string> }).headers ?? {};
          return answer;
        },
        { step: 'deserialize', priority: 'low' },
      );
      await sdk.client.send(command);
      return headers.date;
    });
    const now = Date.parse(date ?? '');
    if (Number.isNaN(now)) throw timeUnknown(this.url);
    return now;
  }

  close(): void {
    this.externals.close();
    this.#sdk?.then(({ client }) => client.destroy()).catch(() => undefined);
  }

  /** Where it may not be asked (403) it counts as there: the next real request tells, in words. */
  async #bucketIsThere(): Promise<boolean> {
    const Bucket = this.#address.bucket;
    const answer = await this.#unlessAbsent((sdk) =>
      sdk.client.send(new sdk.HeadBucketCommand({ Bucket })).catch((thrown) => {
        if (failureStatus(thrown) !== 403) throw thrown;
        return {};
      }),
    );
    return answer !== undefined;
  }

  #name(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#address.bucket, Key: this.#address.prefix + checkKey(key) };
  }

  #checkRange(key: string, range: ByteRange, answer: GetObjectCommandOutput): void {
    const match = /^bytes (\d+)-(\d+)\//.exec(answer.ContentRange ?? '');
    if (!match || Number(match[1]) !== range.offset) throw rangesIgnored(this.url);
    if (Number(match[2]) + 1 < range.offset + range.length) throw tooShort(this.url, key, range);
  }

  /** HTTP has no range of zero bytes. */
  async #nothing(
    key: string,
    range: ByteRange,
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array | undefined> {
    const size = await this.head(key, { signal });
    if (size !== undefined && range.offset > size) throw tooShort(this.url, key, range);
    return size === undefined ? undefined : new Uint8Array(0);
  }

  async #unlessAbsent<T>(request: (sdk: Sdk) => Promise<T>, signal?: AbortSignal): Promise<T | undefined> {
    return this.#attempt(async (sdk) => {
      try {
        return await request(sdk);
      } catch (thrown) {
        if (isAbsent(thrown)) return undefined;
        throw thrown;
      }
    }, signal);
  }

  async #attempt<T>(request: (sdk: Sdk) => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      this.#sdk ??= loadSdk(this.#location, this.#address, this.#patience);
      const sdk = await this.#sdk;
      return await withPatience(this.#patience, signal, () => request(sdk));
    } catch (thrown) {
      throw s3Error(this.#location, this.#address, thrown);
    }
  }
}

function rangeHeader({ offset, length }: ByteRange): string {
  return `bytes=${offset}-${offset + length - 1}`;
}
