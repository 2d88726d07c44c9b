import type { Externals } from './external/externals.ts';

/** Half-open byte range. */
export interface ByteRange {
  offset: number;
  length: number;
}

export interface GetOptions {
  range?: ByteRange;
  signal?: AbortSignal | undefined;
  /**
   * Told of bytes as they come over a network, negative when what came is dropped and asked for again: for progress.
   * A folder, which answers at once, doesn't say.
   */
  arrived?: ((bytes: number) => void) | undefined;
  /** Where the bytes go, if not into memory of their own; at least as long as they. The answer is its beginning. */
  into?: Uint8Array | undefined;
}

/** An object that isn't the lake's: in an S3 store, or on any web server. All four are its identity. */
export interface ExternalObject {
  url: string;
  etag: string;
  versionId: string | null;
  /** Bytes. */
  size: number;
}

export interface Cancellable {
  signal?: AbortSignal | undefined;
}

export interface ObjectInfo {
  key: string;
  size: number;
  /** When it was written, by the store's clock: milliseconds since 1970. */
  modified: number;
}

/**
 * A store of immutable objects, plus put-if-absent. Keys are relative, separated by `/`, ASCII.
 * Every method retries what is worth retrying and then throws a ForebayError:
 * `lake-missing`, `lake-unreachable`, `lake-denied`, or `no-space`.
 */
export interface Lake {
  /** `s3://bucket/prefix` or an absolute path, as `up --lake` takes it. */
  readonly url: string;
  /**
   * Makes the folder or the bucket unless it is there; for `up --lake` alone. Everything else throws `lake-missing`
   * where it is absent, so that an unmounted share or a mistyped bucket never looks like an empty lake.
   */
  create(): Promise<void>;
  /** The whole object, or exactly `range` of it. Undefined if there is no such object. */
  get(key: string, options?: GetOptions): Promise<Uint8Array | undefined>;
  /** Writes a randomly named object; visible only when whole. */
  put(key: string, body: Uint8Array, options?: Cancellable): Promise<void>;
  /**
   * Writes `body` unless the key exists. `created: false` may also be our own earlier attempt whose answer was lost:
   * the caller reads the key back and looks for its own id (design: Commit).
   * Never aborted once sent.
   */
  putIfAbsent(key: string, body: Uint8Array): Promise<{ created: boolean }>;
  /** Size in bytes, or undefined. */
  head(key: string, options?: Cancellable): Promise<number | undefined>;
  /** A hint only: a store may list late. In key order (SeaweedFS: `a/b` before `a.b`). */
  list(prefix: string, options?: Cancellable): AsyncIterable<ObjectInfo>;
  delete(key: string): Promise<void>;
  /**
   * What the store's own clock shows, milliseconds since 1970, to the second: what was written when is told by it alone,
   * whatever this machine's clock says.
   */
  now(): Promise<number>;
  close(): void;
  /** Reads what imported versions name outside the lake. */
  readonly externals: Externals;
}

export interface S3Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

/** An S3 store that was named by a person, never by a manifest: its requests are signed. */
export interface StoreAccess {
  /** Undefined for Amazon's own. */
  endpoint?: string | undefined;
  region?: string | undefined;
  /** Else they come from the SDK's own chain. */
  credentials?: S3Credentials | undefined;
}

/** Where a lake is and how to reach it; plain data, so that it can be handed to a worker thread. */
export interface LakeLocation {
  url: string;
  endpoint?: string | undefined;
  region?: string | undefined;
  credentials?: S3Credentials | undefined;
  /** Other stores that imported objects lie in. */
  stores?: StoreAccess[] | undefined;
}
