import { ForebayError } from '../../api/errors.ts';
import type { ByteRange } from '../../lake/lake.ts';
import type { Part } from '../entry.ts';
import { unknownFeature } from '../log/records.ts';

export type ExternalObject = Extract<Part, { external: unknown }>['external'];

/**
 * `range` of an object outside the lake, by HTTP GET. Its identity is URL, ETag, version and size:
 * an object that is another now is refused (`damaged`), never read.
 */
export async function readExternal(
  object: ExternalObject,
  range: ByteRange,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const url = new URL(object.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw unknownFeature(`imported objects at ${url.protocol}//`);
  }
  if (object.versionId !== null) {
    url.search += `${url.search ? '&' : '?'}versionId=${encodeURIComponent(object.versionId)}`;
  }
  const response = await request(url, object, range, signal);
  if (response.status === 412 || response.status === 404 || response.status === 416) throw changed(object);
  if (response.status === 401 || response.status === 403) {
    throw new ForebayError('lake-denied', `The store of ${object.url} doesn't let you read it.`);
  }
  if (!response.ok) {
    throw new ForebayError('lake-unreachable', `${object.url} answers with status ${response.status}.`);
  }
  if (!sameTag(response.headers.get('etag'), object.etag) || totalSize(response) !== object.size) {
    throw changed(object);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  return response.status === 206 ? bytes : bytes.subarray(range.offset, range.offset + range.length);
}

async function request(
  url: URL,
  object: ExternalObject,
  range: ByteRange,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const headers = {
    'If-Match': quoted(object.etag),
    Range: `bytes=${range.offset}-${range.offset + range.length - 1}`,
    'Accept-Encoding': 'identity',
  };
  try {
    return await fetch(url, { headers, signal: signal ?? null });
  } catch (cause) {
    if (signal?.aborted) throw new ForebayError('cancelled', 'Cancelled.');
    throw new ForebayError('lake-unreachable', `${object.url} can't be reached.`, undefined, { cause });
  }
}

function totalSize(response: Response): number {
  const range = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  return Number(range?.[1] ?? response.headers.get('content-length'));
}

function quoted(etag: string): string {
  return etag.startsWith('"') ? etag : `"${etag}"`;
}

function sameTag(answered: string | null, expected: string): boolean {
  return answered !== null && quoted(answered) === quoted(expected);
}

function changed(object: ExternalObject): ForebayError {
  return new ForebayError(
    'damaged',
    `${object.url} is no longer what was imported.`,
    'Restore the object, or import it again as a new version.',
  );
}
