import type { PackPart } from '../../content/part.ts';
import type { Part } from '../../entry.ts';

/** Bytes of one request for a part that may be as large as the file. */
export const pieceSize = 8 * 2 ** 20;
/** What lies between chunks is hardly more than their headers; more than this is not worth reading. */
const gapWorthReading = 64 * 1024;

/** One request to the lake: parts that lie near one another in a pack, or a piece of one that is large. */
export type PieceRequest =
  | { kind: 'parts'; pack: string; offset: number; length: number; parts: PackPart[] }
  | { kind: 'piece'; part: Part; offset: number; length: number };

/** The requests for a file's parts, in order. */
export function planPieces(parts: Part[]): PieceRequest[] {
  const requests: PieceRequest[] = [];
  for (const part of parts) {
    if ('external' in part || (part.codec === 'raw' && part.length > pieceSize)) {
      const size = 'external' in part ? part.external.size : part.size;
      for (let offset = 0; offset < size; offset += pieceSize) {
        requests.push({ kind: 'piece', part, offset, length: Math.min(pieceSize, size - offset) });
      }
      continue;
    }
    const last = requests.at(-1);
    if (last?.kind === 'parts' && last.pack === part.pack) {
      const gap = part.offset - (last.offset + last.length);
      const length = part.offset + part.length - last.offset;
      if (gap >= 0 && gap <= gapWorthReading && length <= pieceSize) {
        last.parts.push(part);
        last.length = length;
        continue;
      }
    }
    requests.push({
      kind: 'parts',
      pack: part.pack,
      offset: part.offset,
      length: part.length,
      parts: [part],
    });
  }
  return requests;
}
