import { closeSync, readSync } from 'node:fs';
import { openPlain } from './readText.ts';

const blockSize = 1 << 20;
/** Bytes; a line that is longer is no line of a store. */
const longestLine = 1 << 20;

/**
 * The lines of a file that may be larger than memory. What follows the last line feed is not given: somebody is writing it.
 * Throws, with a sentence, for what can't be read.
 */
export function* linesOf(path: string): Generator<string> {
  const file = openPlain(path);
  try {
    const block = Buffer.allocUnsafe(blockSize);
    let rest: Buffer<ArrayBufferLike> = Buffer.alloc(0);
    for (;;) {
      const count = readSync(file, block, 0, blockSize, null);
      if (count === 0) return;
      const text = Buffer.concat([rest, block.subarray(0, count)]);
      const end = text.lastIndexOf(0x0a) + 1;
      if (end > 0) yield* text.toString('utf8', 0, end - 1).split('\n');
      rest = text.subarray(end);
      if (rest.length > longestLine) throw new Error('a line of it is too long.');
    }
  } finally {
    closeSync(file);
  }
}
