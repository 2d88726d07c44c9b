import { zstdDecompressSync } from 'node:zlib';
import { ForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import type { ByteRange } from '../../lake/object.ts';
import type { Part } from '../entry.ts';
import { keyOf } from '../names.ts';

/** Content of a compressed part, bytes: it is decoded as a whole, in memory. See FORMAT.md, Packs. */
const compressedMost = 64 * 2 ** 20;

export type PackPart = Extract<Part, { pack: string }>;

/** `range` of a part's content, decoded. Throws `damaged`. */
export async function readPart(
  lake: Lake,
  datasetId: string,
  part: PackPart,
  range: ByteRange,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const key = keyOf.pack(datasetId, part.pack);
  const stored =
    part.codec === 'raw'
      ? { offset: part.offset + range.offset, length: range.length }
      : { offset: part.offset, length: part.length };
  checkPart(part, key);
  const bytes = await readStored(lake, key, stored, signal);
  if (part.codec === 'raw') return bytes;
  return decodePart(bytes, part, key).subarray(range.offset, range.offset + range.length);
}

/** Exactly `range` of a pack as it is stored. Throws `damaged`. */
export async function readStored(
  lake: Lake,
  key: string,
  range: ByteRange,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const bytes = await lake.get(key, { range, signal });
  if (bytes?.length !== range.length) {
    throw new ForebayError('damaged', `The pack ${key} is missing from the lake or cut short.`);
  }
  return bytes;
}

/** A part's content from its stored bytes. Throws `damaged`. */
export function decodePart(stored: Uint8Array, part: PackPart, where: string): Uint8Array {
  if (part.codec === 'raw') return stored;
  let bytes: Uint8Array;
  try {
    // One byte more than is right, so that a frame that would fill the memory is stopped.
    bytes = zstdDecompressSync(stored, { maxOutputLength: part.size + 1 });
  } catch (cause) {
    throw damagedPart(part, where, cause);
  }
  if (bytes.length !== part.size) throw damagedPart(part, where);
  return bytes;
}

/**
 * A manifest is not trusted to say how much memory is needed; zstd adds 1/256 at most, and a frame's ends.
 * Throws `damaged`.
 */
export function checkPart(part: PackPart, where: string): void {
  const { codec, length, size } = part;
  const plausible =
    codec === 'raw' ? length === size : size <= compressedMost && length <= size + size / 128 + 1024;
  if (!plausible) throw damagedPart(part, where);
}

function damagedPart(part: PackPart, where: string, cause?: unknown): ForebayError {
  const message = `The pack ${where} in the lake is damaged at byte ${part.offset}.`;
  return new ForebayError('damaged', message, undefined, { cause });
}
