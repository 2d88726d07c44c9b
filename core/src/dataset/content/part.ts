import { zstdDecompressSync } from 'node:zlib';
import { ForebayError } from '../../api/errors.ts';
import type { ByteRange, Lake } from '../../lake/lake.ts';
import type { Part } from '../entry.ts';
import { keyOf } from '../names.ts';

export type PackPart = Extract<Part, { pack: string }>;

/** `range` of a part's content, decoded. Throws `damaged`. */
export async function readPart(
  lake: Lake,
  datasetId: string,
  part: PackPart,
  range: ByteRange,
): Promise<Uint8Array> {
  const key = keyOf.pack(datasetId, part.pack);
  const stored =
    part.codec === 'raw'
      ? { offset: part.offset + range.offset, length: range.length }
      : { offset: part.offset, length: part.length };
  const bytes = await lake.get(key, { range: stored });
  if (bytes?.length !== stored.length) {
    throw new ForebayError('damaged', `The pack ${key} is missing from the lake or cut short.`);
  }
  if (part.codec === 'raw') return bytes;
  return decodePart(bytes, part, key).subarray(range.offset, range.offset + range.length);
}

/** A part's content from its stored bytes. Throws `damaged`. */
export function decodePart(stored: Uint8Array, part: PackPart, where: string): Uint8Array {
  if (part.codec === 'raw') return stored;
  const damaged = (cause?: unknown) =>
    new ForebayError(
      'damaged',
      `The pack ${where} in the lake is damaged at byte ${part.offset}.`,
      undefined,
      {
        cause,
      },
    );
  let bytes: Uint8Array;
  try {
    // One byte more than is right, so that a frame that would fill the memory is stopped.
    bytes = zstdDecompressSync(stored, { maxOutputLength: part.size + 1 });
  } catch (cause) {
    throw damaged(cause);
  }
  if (bytes.length !== part.size) throw damaged();
  return bytes;
}
