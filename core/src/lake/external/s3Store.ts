import type { Readable } from 'node:stream';
import type {
  GetObjectCommandOutput,
  ListObjectsV2CommandInput,
  ListObjectVersionsCommandInput,
} from '@aws-sdk/client-s3';
import { ForebayError } from '../../api/errors.ts';
import type { StoreAccess } from '../location.ts';
import type { ByteRange, Cancellable, ExternalObject, GetOptions } from '../object.ts';
import { readBody } from '../s3/body.ts';
import { s3Error } from '../s3/errors.ts';
import { failureStatus, isTransient } from '../s3/failure.ts';
import { type Patience, withPatience } from '../s3/patience.ts';
import { objectChanged, quoted, sameTag } from './changed.ts';
import type { Gate } from './gate.ts';
import { decodeKey, type ListedObject, newestOf, objectsOf } from './listing.ts';
import { type ObjectAddress, s3Name } from './objectUrl.ts';

type Sdk = Awaited<ReturnType<typeof loadSdk>>;

async function loadSdk(access: StoreAccess, patience: Patience) {
  const sdk = await import('../s3/client.ts');
  return { ...sdk, ...(await sdk.makeReader(access, access.endpoint, patience)) };
}

/** Reads any bucket of one S3 store (of Amazon: one region's); signed where there are credentials. */
export class S3Store {
  readonly access: StoreAccess;
  readonly #patience: Patience;
  readonly #gate: Gate;
  #sdk: Promise<Sdk> | undefined;

  constructor(access: StoreAccess, patience: Patience, gate: Gate) {
    this.access = access;
    this.#patience = patience;
    this.#gate = gate;
  }

  /** The object's bytes, as long as it is the one that was imported. Throws `object-changed` and `lake-*`. */
  read(
    { bucket, key }: Pick<ObjectAddress, 'bucket' | 'key'>,
    object: ExternalObject,
    { range, signal, arrived }: GetOptions,
  ): Promise<Uint8Array> {
    const whole = range === undefined || (range.offset === 0 && range.length === object.size);
    return this.#attempt(
      bucket,
      async (sdk) => {
        const command = new sdk.GetObjectCommand({
          Bucket: bucket,
          Key: key,
          IfMatch: quoted(object.etag),
          ...(object.versionId === null ? {} : { VersionId: object.versionId }),
          ...(whole ? {} : { Range: `bytes=${range.offset}-${range.offset + range.length - 1}` }),
        });
        const answer = await sdk.client.send(command, signal && { abortSignal: signal }).catch((thrown) => {
          throw isOther(thrown) ? objectChanged(s3Name({ bucket, key }), thrown) : thrown;
        });
        const body = answer.Body as Readable;
        try {
          if (!isSame(answer, object)) throw objectChanged(s3Name({ bucket, key }));
          return await readAnswer(answer, body, whole ? undefined : range, arrived);
        } finally {
          body.destroy();
        }
      },
      signal,
    );
  }

  /** Objects under `prefix`, page by page, in whatever order the store lists them; newest versions where it keeps several. */
  async *list(bucket: string, prefix: string, { signal }: Cancellable = {}): AsyncGenerator<ListedObject[]> {
    if (await this.#isVersioned(bucket, signal)) {
      try {
        return yield* this.#listVersions(bucket, prefix, signal);
      } catch (thrown) {
        // Who may list objects needn't be allowed to list their versions.
        if (!(thrown instanceof ForebayError && thrown.code === 'lake-denied')) throw thrown;
      }
    }
    const from: ListObjectsV2CommandInput = { Bucket: bucket, Prefix: prefix, EncodingType: 'url' };
    do {
      const page = await this.#attempt(
        bucket,
        (sdk) => sdk.client.send(new sdk.ListObjectsV2Command(from), signal && { abortSignal: signal }),
        signal,
      );
      yield objectsOf(page);
      from.ContinuationToken = page.NextContinuationToken;
    } while (from.ContinuationToken);
  }

  /** Where Amazon keeps the bucket. */
  async regionOf(bucket: string, { signal }: Cancellable = {}): Promise<string | undefined> {
    return this.#attempt(
      bucket,
      async (sdk) => {
        const command = new sdk.HeadBucketCommand({ Bucket: bucket });
        const answer = await sdk.client.send(command, signal && { abortSignal: signal }).catch(regionSaid);
        return answer?.BucketRegion ?? (await sdk.client.config.region());
      },
      signal,
    );
  }

  close(): void {
    this.#sdk?.then(({ client }) => client.destroy()).catch(() => undefined);
  }

  async *#listVersions(
    bucket: string,
    prefix: string,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<ListedObject[]> {
    const from: ListObjectVersionsCommandInput = { Bucket: bucket, Prefix: prefix, EncodingType: 'url' };
    for (let more = true; more; ) {
      const page = await this.#attempt(
        bucket,
        (sdk) => sdk.client.send(new sdk.ListObjectVersionsCommand(from), signal && { abortSignal: signal }),
        signal,
      );
      yield newestOf(page);
      from.KeyMarker = page.NextKeyMarker && decodeKey(page.NextKeyMarker, page.EncodingType);
      from.VersionIdMarker = page.NextVersionIdMarker;
      more = page.IsTruncated === true && from.KeyMarker !== undefined;
    }
  }

  /** Where it may not be asked, or the store doesn't know, it counts as not. */
  async #isVersioned(bucket: string, signal: AbortSignal | undefined): Promise<boolean> {
    return this.#attempt(
      bucket,
      async (sdk) => {
        const command = new sdk.GetBucketVersioningCommand({ Bucket: bucket });
        const answer = await sdk.client.send(command, signal && { abortSignal: signal }).catch((thrown) => {
          if ([400, 403, 405, 501].includes(failureStatus(thrown) ?? 0)) return { Status: undefined };
          throw thrown;
        });
        return answer.Status !== undefined;
      },
      signal,
    );
  }

  async #attempt<T>(
    bucket: string,
    request: (sdk: Sdk) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const { endpoint, credentials } = this.access;
    let signs = true;
    try {
      this.#sdk ??= loadSdk(this.access, this.#patience);
      const sdk = await this.#sdk;
      signs = sdk.signs;
      return await withPatience(this.#patience, signal, () =>
        this.#gate.run(() => request(sdk), isTransient),
      );
    } catch (thrown) {
      if (!signs && [401, 403].includes(failureStatus(thrown) ?? 0)) throw notPublic(bucket, thrown);
      throw s3Error({ url: `s3://${bucket}`, credentials }, { bucket, endpoint }, thrown, 'bucket');
    }
  }
}

function notPublic(bucket: string, cause: unknown): ForebayError {
  return new ForebayError(
    'lake-denied',
    `The bucket s3://${bucket} can't be read without credentials, and none were found.`,
    'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile in ~/.aws/credentials with AWS_PROFILE.',
    { cause },
  );
}

/** Another ETag (412), gone (404), or shorter than it was (416). */
function isOther(thrown: unknown): boolean {
  const status = failureStatus(thrown);
  return (
    status === 412 ||
    status === 416 ||
    (status === 404 && (thrown as { name?: string }).name !== 'NoSuchBucket')
  );
}

function isSame({ ETag, ContentRange, ContentLength }: GetObjectCommandOutput, object: ExternalObject) {
  const total = /\/(\d+)$/.exec(ContentRange ?? '')?.[1];
  const size = total === undefined ? ContentLength : Number(total);
  return sameTag(ETag ?? '', object.etag) && size === object.size;
}

/** A store that ignores ranges sends all of the object. */
async function readAnswer(
  { ContentLength, ContentRange }: GetObjectCommandOutput,
  body: Readable,
  range: ByteRange | undefined,
  arrived: GetOptions['arrived'],
): Promise<Uint8Array> {
  const bytes = await readBody(body, ContentLength, { arrived });
  if (range === undefined || ContentRange !== undefined) return bytes;
  return bytes.subarray(range.offset, range.offset + range.length);
}

/** A bucket of another region, or one that may not be asked, tells its region all the same. */
function regionSaid(thrown: unknown): { BucketRegion?: string } {
  const headers = (thrown as { $response?: { headers?: Record<string, string> } }).$response?.headers;
  const region = headers?.['x-amz-bucket-region'];
  if (region === undefined && failureStatus(thrown) !== 403) throw thrown;
  return region === undefined ? {} : { BucketRegion: region };
}
