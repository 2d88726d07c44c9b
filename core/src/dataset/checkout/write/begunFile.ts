import { createHash, type Hash } from 'node:crypto';
import { constants, ftruncateSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Part } from '../../entry.ts';

const step = 2 ** 20;

/** Opens a file whose first parts were written before, to write behind them. Throws errno errors. */
export function openBegunFile(path: string): number {
  const { O_APPEND, O_RDWR } = constants;
  return openSync(path, O_RDWR | O_APPEND | (constants.O_NOFOLLOW ?? 0));
}

/**
 * How many of `parts`, which should be what the file begins with, stand there and are right as far as their hashes
 * are known, and the hash of them together, to go on with. Cuts off the rest. `kept` hears of the bytes of each.
 */
export async function keepFirstParts(
  file: number,
  parts: Part[],
  kept: (bytes: number) => void,
): Promise<{ count: number; whole: Hash }> {
  const buffer = Buffer.allocUnsafe(step);
  let whole = createHash('sha256');
  let count = 0;
  let end = 0;
  for (const part of parts) {
    if ('external' in part) break;
    const [longer, own] = [whole.copy(), createHash('sha256')];
    const there = readThrough(file, end, part.size, buffer, (bytes) => {
      longer.update(bytes);
      if (part.sha256 !== undefined) own.update(bytes);
    });
    if (!there || (part.sha256 !== undefined && own.digest('hex') !== part.sha256)) break;
    whole = longer;
    end += part.size;
    count++;
    kept(part.size);
    // A file may be large, and others are waiting.
    await setImmediate();
  }
  ftruncateSync(file, end);
  return { count, whole };
}

/** False where the file ends early. */
function readThrough(
  file: number,
  from: number,
  size: number,
  buffer: Buffer,
  take: (bytes: Buffer) => void,
): boolean {
  for (let done = 0; done < size; ) {
    const count = readSync(file, buffer, 0, Math.min(step, size - done), from + done);
    if (count === 0) return false;
    take(buffer.subarray(0, count));
    done += count;
  }
  return true;
}
