import { ForebayError } from '../../api/errors.ts';
import type { LakeLocation, StoreAccess } from '../location.ts';
import type { ExternalObject, GetOptions } from '../object.ts';
import { parseEndpoint } from '../s3/address.ts';
import { type Patience, usualPatience } from '../s3/patience.ts';
import { Gate } from './gate.ts';
import { normalEndpoint, type ObjectAddress, objectAt, s3Name } from './objectUrl.ts';
import { plainRead } from './plainRead.ts';
import { S3Store } from './s3Store.ts';

/**
 * Objects outside the lake, by their URLs. Manifests are not trusted to say who gets credentials: a request is signed
 * only for an endpoint that a person named (the lake's, the environment's, one that was given), and sent to that.
 */
export class Externals {
  readonly #patience: Patience;
  readonly #accesses: StoreAccess[];
  readonly #stores = new Map<string, S3Store>();
  readonly #gate = new Gate();

  constructor(location: LakeLocation, patience: Patience = usualPatience) {
    this.#patience = patience;
    this.#accesses = accessesOf(location);
  }

  /** From now on, requests to this store are signed so. */
  use(access: StoreAccess): void {
    const at = this.#accesses.findIndex((each) => isSameEndpoint(each.endpoint, access.endpoint));
    if (at < 0) this.#accesses.splice(-1, 0, access);
    else this.#accesses[at] = access;
    this.#stores.clear();
  }

  /** The endpoint that `s3://` means unless another is named: the lake's where it is in S3; undefined for Amazon's own. */
  get endpoint(): string | undefined {
    return this.#accesses[0]?.endpoint;
  }

  /** For listing a bucket at an endpoint that a person named. */
  storeAt(endpoint: string | undefined): S3Store {
    const access = this.#accesses.find((each) => isSameEndpoint(each.endpoint, endpoint));
    return this.#store(access ?? { endpoint }, access?.region);
  }

  /** The object's bytes, or `range` of them. Throws `object-changed`, `lake-denied`, `lake-unreachable`. */
  async read(object: ExternalObject, options: GetOptions = {}): Promise<Uint8Array> {
    if (!/^https?:\/\//.test(object.url) || !URL.canParse(object.url)) {
      throw new ForebayError(
        'lake-feature',
        `This lake uses imported objects like ${object.url}, which this version of Forebay doesn't know.`,
        'Update Forebay.',
      );
    }
    const found = this.#find(object.url);
    if (!found) return plainRead(object, options, this.#patience, this.#gate);
    return this.#store(found.access, found.address.region ?? found.access.region).read(
      found.address,
      object,
      options,
    );
  }

  /** As people know the object: `s3://bucket/key` where its store is known. */
  nameOf(url: string): string {
    const found = this.#find(url);
    return found ? s3Name(found.address) : url;
  }

  close(): void {
    for (const store of this.#stores.values()) store.close();
  }

  #find(url: string): { access: StoreAccess; address: ObjectAddress } | undefined {
    for (const access of this.#accesses) {
      const address = objectAt(url, access.endpoint);
      if (address) return { access, address };
    }
    return undefined;
  }

  #store(access: StoreAccess, region: string | undefined): S3Store {
    const name = `${access.endpoint ?? ''} ${region ?? ''}`;
    const there = this.#stores.get(name);
    if (there) return there;
    const store = new S3Store({ ...access, region }, this.#patience, this.#gate);
    this.#stores.set(name, store);
    return store;
  }
}

/** The lake's own store, those that were given, and what the environment names; the first that fits is taken. */
function accessesOf({ url, endpoint, region, credentials, stores = [] }: LakeLocation): StoreAccess[] {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env;
  const environment = { endpoint: parseEndpoint(AWS_ENDPOINT_URL_S3 || AWS_ENDPOINT_URL) };
  if (!url.startsWith('s3://')) return [...stores, environment];
  const own = { endpoint: parseEndpoint(endpoint) ?? environment.endpoint, region, credentials };
  return [own, ...stores, environment];
}

function isSameEndpoint(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined ? a === b : normalEndpoint(a) === normalEndpoint(b);
}
