import { ForebayError } from '../../api/errors.ts';
import type { ByteRange, ExternalObject, GetOptions } from '../object.ts';
import { CutAnswer, isTransient } from '../s3/failure.ts';
import { type Patience, withPatience } from '../s3/patience.ts';
import { objectChanged, quoted, sameTag } from './changed.ts';
import type { Gate } from './gate.ts';

const busyStatus = new Set([408, 429, 500, 502, 503, 504]);

/** An object at a store that nobody but a manifest has named: by a plain GET, without any credentials. */
export async function plainRead(
  object: ExternalObject,
  options: GetOptions,
  patience: Patience,
  gate: Gate,
): Promise<Uint8Array> {
  try {
    return await withPatience(patience, options.signal, () =>
      gate.run(() => readOnce(object, options, patience), isTransient),
    );
  } catch (cause) {
    if (cause instanceof ForebayError) throw cause;
    throw new ForebayError('lake-unreachable', `${object.url} can't be reached.`, undefined, { cause });
  }
}

async function readOnce(
  object: ExternalObject,
  { range = { offset: 0, length: object.size }, signal, arrived }: GetOptions,
  patience: Patience,
): Promise<Uint8Array> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(new CutAnswer('No answer in time.')), patience.stall);
  try {
    const ends = signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal;
    const response = await request(object, range, ends);
    try {
      check(response, object);
    } catch (refused) {
      await response.body?.cancel();
      throw refused;
    }
    return await readBody(response, range, () => timer.refresh(), arrived);
  } finally {
    clearTimeout(timer);
  }
}

function check(response: Response, object: ExternalObject): void {
  if (busyStatus.has(response.status)) throw new CutAnswer(`Its answer has status ${response.status}.`);
  if ([404, 410, 412, 416].includes(response.status)) throw objectChanged(object.url);
  if (response.status === 401 || response.status === 403) {
    throw new ForebayError(
      'lake-denied',
      `The store of ${object.url} doesn't let it be read without credentials.`,
      'Name its endpoint in AWS_ENDPOINT_URL_S3, with credentials for it in the environment: requests are signed only for endpoints that you name.',
    );
  }
  if (!response.ok) {
    throw new ForebayError('lake-unreachable', `${object.url} answers with status ${response.status}.`);
  }
  if (!sameTag(response.headers.get('etag') ?? '', object.etag) || totalSize(response) !== object.size) {
    throw objectChanged(object.url);
  }
}

/** A server that ignores ranges sends all of the object. */
async function readBody(
  response: Response,
  { offset, length }: ByteRange,
  alive: () => void,
  arrived: GetOptions['arrived'] = () => undefined,
): Promise<Uint8Array> {
  const skip = response.status === 206 ? 0 : offset;
  const bytes = Buffer.allocUnsafeSlow(length);
  let at = 0;
  try {
    for await (const chunk of response.body ?? []) {
      alive();
      const from = Math.max(0, skip - at);
      bytes.set(chunk.subarray(from, from + Math.max(0, skip + length - at - from)), Math.max(0, at - skip));
      at += chunk.length;
      arrived(chunk.length);
      if (at >= skip + length) break;
    }
  } catch (thrown) {
    arrived(-at);
    cut(thrown);
  }
  if (at >= skip + length) return bytes;
  arrived(-at);
  throw new CutAnswer(`Only ${at} of ${skip + length} bytes came.`);
}

async function request(
  { url: written, etag, versionId }: ExternalObject,
  { offset, length }: ByteRange,
  signal: AbortSignal,
): Promise<Response> {
  const url = new URL(written);
  if (versionId !== null) {
    url.search += `${url.search ? '&' : '?'}versionId=${encodeURIComponent(versionId)}`;
  }
  const headers = {
    'If-Match': quoted(etag),
    Range: `bytes=${offset}-${offset + length - 1}`,
    'Accept-Encoding': 'identity',
  };
  return fetch(url, { headers, signal }).catch(cut);
}

/** Whatever fetch says of it, its connection failed. */
function cut(thrown: unknown): never {
  if (thrown instanceof CutAnswer || (thrown as Error).name === 'AbortError') throw thrown;
  throw Object.assign(new CutAnswer((thrown as Error).message), { cause: thrown });
}

function totalSize(response: Response): number {
  const range = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  return Number(range?.[1] ?? response.headers.get('content-length'));
}
