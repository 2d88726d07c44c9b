import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { ForebayError } from '../../api/errors.ts';

const options = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };

/** One zstd frame (RFC 8878) with its checksum, of UTF-8 text. */
export function compress(text: string): Buffer {
  return zstdCompressSync(Buffer.from(text), options);
}

/** The text of one frame, or of several behind one another. Throws `damaged`. */
export function decompress(frame: Uint8Array, where: string): string {
  try {
    return zstdDecompressSync(frame).toString();
  } catch (cause) {
    throw new ForebayError('damaged', `The object ${where} in the lake is damaged.`, undefined, { cause });
  }
}

export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ForebayError('damaged', `The object ${where} in the lake is damaged.`, undefined, { cause });
  }
}
