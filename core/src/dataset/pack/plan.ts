import { memberLength, trailer } from './tar.ts';

/** Of a pack as an object. */
export const packBytes = 64 * 2 ** 20;
export const packMembers = 8192;
/** Files larger than this are cut into parts of `partBytes`, a pack each, so that a pack's buffer holds any. */
export const wholeFileMost = 60 * 2 ** 20;
export const partBytes = 60 * 2 ** 20;

/** Work of one packer: files that fill one pack, or one large file that fills several. */
export interface Batch {
  /** Positions in the list that was planned. */
  files: number[];
  large: boolean;
}

/** Cuts files, in path order, into batches. */
export function* planBatches(
  files: Iterable<number>,
  pathOf: (file: number) => string,
  sizeOf: (file: number) => number,
): Generator<Batch> {
  let batch: number[] = [];
  let bytes = trailer;
  for (const file of files) {
    const size = sizeOf(file);
    if (size > wholeFileMost) {
      yield { files: [file], large: true };
      continue;
    }
    const length = memberLength(pathOf(file), size);
    if (batch.length > 0 && (bytes + length > packBytes || batch.length >= packMembers)) {
      yield { files: batch, large: false };
      batch = [];
      bytes = trailer;
    }
    batch.push(file);
    bytes += length;
  }
  if (batch.length > 0) yield { files: batch, large: false };
}

/** Name inside a pack of part `number` (from 1) of a large file. */
export function partPath(path: string, number: number): string {
  return `.forebay/part/${path}.${String(number).padStart(5, '0')}`;
}
