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
