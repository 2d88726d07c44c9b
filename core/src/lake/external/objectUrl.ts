/** An object in S3. */
export interface ObjectAddress {
  /** Undefined for Amazon's own. */
  endpoint: string | undefined;
  /** Of Amazon's own stores alone. */
  region: string | undefined;
  bucket: string;
  key: string;
}

const bucketPattern = /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/i;
const virtualHost = /^https:\/\/([a-z0-9-]+)\.s3\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(.*)$/s;
const pathHost = /^https:\/\/s3\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^/]+)\/(.*)$/s;

/** The object's URL for good; a key in which `.` or `..` stands between slashes has none. */
export function objectUrl({ endpoint, region = 'us-east-1', bucket, key }: ObjectAddress): string {
  const path = key.split('/').map(encode).join('/');
  if (endpoint !== undefined) return `${normalEndpoint(endpoint)}/${bucket}/${path}`;
  const host = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  // A name with dots is not covered by Amazon's certificate.
  return bucket.includes('.') ? `https://${host}/${bucket}/${path}` : `https://${bucket}.${host}/${path}`;
}

/** The object that `url` names at `endpoint` (undefined: at Amazon), or undefined where it lies elsewhere. */
export function objectAt(url: string, endpoint: string | undefined): ObjectAddress | undefined {
  if (endpoint === undefined) return objectAtAmazon(url);
  const start = `${normalEndpoint(endpoint)}/`;
  if (!url.startsWith(start)) return undefined;
  const slash = url.indexOf('/', start.length);
  return slash < 0
    ? undefined
    : addressOf(endpoint, undefined, url.slice(start.length, slash), url.slice(slash + 1));
}

/** As S3 tools write it. */
export function s3Name({ bucket, key }: Pick<ObjectAddress, 'bucket' | 'key'>): string {
  return `s3://${bucket}/${key}`;
}

/** One endpoint has one spelling: no slash at its end, no port that its scheme implies. */
export function normalEndpoint(endpoint: string): string {
  const { origin, pathname } = new URL(endpoint);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}

function objectAtAmazon(url: string): ObjectAddress | undefined {
  const virtual = virtualHost.exec(url);
  if (virtual) return addressOf(undefined, virtual[2], virtual[1] ?? '', virtual[3] ?? '');
  const path = pathHost.exec(url);
  return path ? addressOf(undefined, path[1], path[2] ?? '', path[3] ?? '') : undefined;
}

function addressOf(
  endpoint: string | undefined,
  region: string | undefined,
  bucket: string,
  path: string,
): ObjectAddress | undefined {
  if (!bucketPattern.test(bucket) || path === '' || /[?#]/.test(path)) return undefined;
  let key: string;
  try {
    key = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  return hasDots(key) ? undefined : { endpoint, region, bucket, key };
}

/** URLs are tidied on their way: what has such parts would name another object. */
export function hasDots(key: string): boolean {
  return key.split('/').some((part) => part === '.' || part === '..');
}

/** All but RFC 3986's unreserved characters, as signatures want it. */
function encode(part: string): string {
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
