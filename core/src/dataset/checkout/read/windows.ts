import { ForebayError } from '../../../api/errors.ts';
import { comparePaths, type Entry } from '../../entry.ts';
import type { Leaves } from '../../manifest/read.ts';
import type { Control } from '../../progress.ts';
import { checkPath } from '../write/paths.ts';

/** Entries planned together; with about 400 bytes each, a bound on memory. */
export const windowSize = 16_384;

/**
 * The leaves in runs of `size` entries, every path checked, and the order too, on which the folders rely.
 * Packs are in path order as well, so cutting by path reads hardly a byte twice.
 */
export async function* windowsOf(
  leaves: Leaves,
  signal: Control['signal'],
  size: number = windowSize,
): AsyncGenerator<Entry[]> {
  let window: Entry[] = [];
  let last: string | undefined;
  for await (const leaf of leaves) {
    for (const entry of leaf) {
      checkPath(entry.path);
      if (last !== undefined && comparePaths(last, entry.path) >= 0) {
        throw new ForebayError(
          'damaged',
          `The version's list of files is damaged: '${entry.path}' is out of order.`,
        );
      }
      last = entry.path;
      window.push(entry);
      if (window.length < size) continue;
      if (signal.aborted) throw new ForebayError('cancelled', 'Cancelled.');
      yield window;
      window = [];
    }
  }
  if (window.length > 0) yield window;
}
