import { ForebayError } from '@forebay/core/api/errors';
import { formatRef } from '@forebay/core/api/ref';
import { formatBytes } from '@forebay/core/api/text/units';
import type { ContentPath } from './contentPath.ts';

/** Bytes. An editor has no other way than to take a file whole, through the memory of its extension host. */
const mostRead = 256 * 2 ** 20;

/** What to say of a file that can't be opened from the lake because of its size; undefined for all others. */
export function tooLarge({ dataset, version, path }: ContentPath, size: number): ForebayError | undefined {
  if (size <= mostRead) return undefined;
  const ref = formatRef(dataset, version);
  return new ForebayError(
    'bad-request',
    `${path.slice(path.lastIndexOf('/') + 1)} has ${formatBytes(size)}; an editor would read all of it from the lake at once, which it can do up to ${formatBytes(mostRead)}.`,
    `Cache ${ref} and open the file from there, or mount it.`,
  );
}
