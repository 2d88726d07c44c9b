import type { Lake } from '../../../lake/lake.ts';
import { checkPart, decodePart, readPart, readStored } from '../../content/part.ts';
import type { Part } from '../../entry.ts';
import { keyOf } from '../../names.ts';
import { type PieceRequest, planPieces } from './planPieces.ts';

/** Requests under way for one file. */
const ahead = 3;

/**
 * The content of a file's parts, in order, in pieces of a bounded size, read ahead.
 * Throws `damaged` where a part can't be had; whether the bytes are the right ones is the caller's to prove.
 */
export async function* filePieces(
  lake: Lake,
  datasetId: string,
  parts: Part[],
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const requests = planPieces(parts).values();
  const coming: Promise<() => Iterable<Uint8Array>>[] = [];
  const fetchNext = (): void => {
    const request = requests.next().value;
    if (request === undefined) return;
    const answer = fetch(lake, datasetId, request, signal);
    answer.catch(() => undefined);
    coming.push(answer);
  };
  for (let i = 0; i < ahead; i++) fetchNext();
  for (let next = coming.shift(); next !== undefined; next = coming.shift()) {
    const pieces = await next;
    fetchNext();
    yield* pieces();
  }
}

/** What came of a request; decoded only when its turn comes, so that one part at a time is in memory. */
async function fetch(
  lake: Lake,
  datasetId: string,
  request: PieceRequest,
  signal?: AbortSignal,
): Promise<() => Iterable<Uint8Array>> {
  if (request.kind === 'piece') {
    const { part, ...range } = request;
    const piece = await ('external' in part
      ? lake.externals.read(part.external, { range, signal })
      : readPart(lake, datasetId, part, range, signal));
    return () => [piece];
  }
  const key = keyOf.pack(datasetId, request.pack);
  for (const part of request.parts) checkPart(part, key);
  const bytes = await readStored(lake, key, request, signal);
  return function* () {
    for (const part of request.parts) {
      const at = part.offset - request.offset;
      yield decodePart(bytes.subarray(at, at + part.length), part, key);
    }
  };
}
