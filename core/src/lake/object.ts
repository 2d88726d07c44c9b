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
