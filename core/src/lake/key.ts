import { ForebayError } from '../api/errors.ts';
import type { ByteRange } from './object.ts';

const segment = /^[\w-][\w.~+-]*$/;

/** Keys come out of the lake's own records too: a damaged or hostile one must not lead out of the lake. */
export function checkKey(key: string): string {
  if (!key.split('/').every((part) => segment.test(part))) {
    throw new ForebayError('bad-path', `'${key}' is not the name of an object in a lake.`);
  }
  return key;
}

export function cancelled(): ForebayError {
  return new ForebayError('cancelled', 'Cancelled.');
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled();
}

/** An object that ends before the range that a manifest names. */
export function tooShort(url: string, key: string, range: ByteRange): ForebayError {
  const end = range.offset + range.length;
  return new ForebayError(
    'damaged',
    `The object ${key} in the lake ${url} is damaged: it ends before byte ${end}, which a manifest names.`,
    'Restore the object from a backup or a replica of the lake, or sync its files again.',
  );
}
