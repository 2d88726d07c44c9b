import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { ForebayError } from '../../api/errors.ts';

/** Of what zlib allocates for every call, bytes; its own is 128 KiB, for pages of a few. */
const chunkSize = 16 * 1024;
const options = { params: { [constants.ZSTD_c_checksumFlag]: 1 }, chunkSize };

/** One zstd frame (RFC 8878) with its checksum, of UTF-8 text. */
export function compress(text: string): Buffer {
  const frame = zstdCompressSync(Buffer.from(text), options);
  // Frames are gathered: a piece of zlib's buffer, or of Node's pool beside the text, would keep all of that.
  const own = Buffer.allocUnsafeSlow(frame.length);
  own.set(frame);
  return own;
}

/** The text of one frame, or of several behind one another. Throws `damaged`. */
export function decompress(frame: Uint8Array, where: string): string {
  try {
    return zstdDecompressSync(frame, { chunkSize }).toString();
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
