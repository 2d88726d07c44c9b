import { ForebayError } from '../api/errors.ts';
import type { Lake } from '../lake/lake.ts';
import type { ByteRange } from '../lake/object.ts';
import { readPart } from './content/part.ts';
import type { FileEntry } from './entry.ts';

/** Raw content comes in steps of this many bytes, so that a file of any size passes through little memory. */
const step = 8 * 2 ** 20;

/** One file's bytes, or exactly `range` of them (it must lie within the file). Throws `damaged`. */
export async function readContent(
  lake: Lake,
  datasetId: string,
  entry: FileEntry,
  range?: ByteRange,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of openContent(lake, datasetId, entry, range, signal)) pieces.push(piece);
  return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
}

/** As `readContent`, piece by piece. */
export async function* openContent(
  lake: Lake,
  datasetId: string,
  entry: FileEntry,
  range: ByteRange = { offset: 0, length: entry.size },
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let start = 0;
  let given = 0;
  for (const part of entry.parts) {
    const size = 'external' in part ? part.external.size : part.size;
    const from = Math.max(range.offset, start);
    const until = Math.min(range.offset + range.length, start + size);
    for (let at = from; at < until; at += step) {
      const wanted = { offset: at - start, length: Math.min(step, until - at) };
      // A compressed part is decoded as a whole, so it comes at once.
      const whole =
        'pack' in part && part.codec !== 'raw' ? { offset: from - start, length: until - from } : wanted;
      const bytes =
        'external' in part
          ? await lake.externals.read(part.external, { range: whole, signal })
          : await readPart(lake, datasetId, part, whole, signal);
      given += bytes.length;
      yield bytes;
      if (whole !== wanted) break;
    }
    start += size;
  }
  if (given !== range.length) {
    throw new ForebayError(
      'damaged',
      `The lake holds ${start} of the ${entry.size} bytes of '${entry.path}'.`,
    );
  }
}
