import type { ByteRange, Lake } from '../../../lake/lake.ts';
import { readExternal } from '../../content/external.ts';
import { readPart } from '../../content/part.ts';
import type { FileEntry, Part } from '../../entry.ts';

/** Bytes of one request for a part that may be as large as the file. */
const pieceSize = 8 * 2 ** 20;
/** Requests under way for one file. */
const ahead = 3;

/**
 * The content of a file of any number and size of parts, in order, in pieces of a bounded size, read ahead.
 * Throws `damaged` where a part can't be had; whether the bytes are the right ones is the caller's to prove.
 */
export async function* filePieces(
  lake: Lake,
  datasetId: string,
  entry: FileEntry,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const requests = entry.parts.flatMap(requestsOf);
  const coming: Promise<Uint8Array>[] = [];
  const fetchNext = (): void => {
    const request = requests.shift();
    if (request === undefined) return;
    const { part, range } = request;
    const piece =
      'external' in part
        ? readExternal(part.external, range, signal)
        : readPart(lake, datasetId, part, range, signal);
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

/** Ranges of a part's content; a compressed part is decoded as a whole. */
function requestsOf(part: Part): { part: Part; range: ByteRange }[] {
  const size = 'external' in part ? part.external.size : part.size;
  const step = 'pack' in part && part.codec !== 'raw' ? Math.max(1, size) : pieceSize;
  const requests: { part: Part; range: ByteRange }[] = [];
  for (let offset = 0; offset < size; offset += step) {
    requests.push({ part, range: { offset, length: Math.min(step, size - offset) } });
  }
  return requests;
}
