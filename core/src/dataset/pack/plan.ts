import { memberLength, trailer } from './tar.ts';

/** Of a pack as an object. */
export const packBytes = 64 * 2 ** 20;
export const packMembers = 8192;
/** Files larger than this are cut into chunks. */
export const wholeFileMost = 16 * 2 ** 20;
/** Large files for one packer together, so that the packs between are full. */
const largeBatchBytes = 4 * packBytes;

/** Work of one packer: files that fill one pack, or large files that fill several. */
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
  let large: number[] = [];
  let largeBytes = 0;
  for (const file of files) {
    const size = sizeOf(file);
    if (size > wholeFileMost) {
      large.push(file);
      largeBytes += size;
      if (largeBytes < largeBatchBytes) continue;
      yield { files: large, large: true };
      large = [];
      largeBytes = 0;
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
  if (large.length > 0) yield { files: large, large: true };
  if (batch.length > 0) yield { files: batch, large: false };
}
