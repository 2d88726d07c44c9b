import type { Externals } from './external/externals.ts';
import type { Cancellable, GetOptions, ObjectInfo } from './object.ts';

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
