import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { ForebayError } from '../../api/errors.ts';
import type { ByteRange, Lake } from '../../lake/lake.ts';
import type { FileEntry, Part } from '../entry.ts';
import { keyOf } from '../names.ts';

type PackPart = Extract<Part, { pack: string }>;

const decompress = promisify(zstdDecompress);
/** Bytes of one request for a part that may be as large as the file. */
const pieceSize = 16 * 2 ** 20;
/** Requests under way for one file. */
const ahead = 3;

/**
 * The content of a file of any number and size of parts, in order, in pieces of a bounded size, read ahead.
 * Throws `damaged` where a pack is missing, short or can't be decoded; whether the bytes are right is the caller's.
 */
export async function* filePieces(
  lake: Lake,
  datasetId: string,
  entry: FileEntry,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const requests = entry.parts.flatMap((part) => requestsOf(entry, part));
  const coming: Promise<Uint8Array>[] = [];
  const fetchNext = (): void => {
    const request = requests.shift();
    if (request === undefined) return;
    const piece = fetchPiece(lake, datasetId, request, signal);
    piece.catch(() => undefined);
    coming.push(piece);
  };
  for (let i = 0; i < ahead; i++) fetchNext();
  for (let next = coming.shift(); next !== undefined; next = coming.shift()) {
    const piece = await next;
    fetchNext();
    yield piece;
  }
}

interface Request {
  part: PackPart;
  range: ByteRange;
}

function requestsOf(entry: FileEntry, part: Part): Request[] {
  if ('external' in part) {
    throw new ForebayError(
      'lake-feature',
      `'${entry.path}' lies outside the lake, at ${part.external.url}; this version of Forebay can't read such files.`,
      'Update Forebay.',
    );
  }
  if (part.codec === 'zstd') return [{ part, range: { offset: part.offset, length: part.length } }];
  const requests: Request[] = [];
  for (let at = 0; at < part.length; at += pieceSize) {
    const length = Math.min(pieceSize, part.length - at);
    requests.push({ part, range: { offset: part.offset + at, length } });
  }
  return requests;
}

async function fetchPiece(
  lake: Lake,
  datasetId: string,
  { part, range }: Request,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const bytes = await lake.get(keyOf.pack(datasetId, part.pack), { range, signal });
  if (bytes === undefined) throw new ForebayError('damaged', 'the pack is missing');
  if (bytes.length !== range.length)
    throw new ForebayError('damaged', 'the pack is shorter than the manifest says');
  if (part.codec === 'raw') return bytes;
  try {
    return await decompress(bytes, { maxOutputLength: Math.max(1, part.size) });
  } catch {
    throw new ForebayError('damaged', 'its compressed bytes are broken');
  }
}
