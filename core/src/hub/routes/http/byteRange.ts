import { ForebayError } from '../../../api/index.ts';
import type { ByteRange } from '../../../lake/object.ts';

/**
 * The one range of a `Range` header (RFC 9110, 14.1.2), cut to the file's size in bytes. Undefined where the whole
 * file is to be sent: no header, another unit, several ranges, or bad syntax. Throws `bad-request` beyond the end.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  const [from, to] = [match?.[1] ?? '', match?.[2] ?? ''];
  if (!match || (from === '' && to === '')) return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size : Math.min(size, Number(to) + 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  if (start >= size) {
    throw new ForebayError('bad-request', `The file has ${size} bytes; '${header}' begins beyond its end.`);
  }
  return { offset: start, length: end - start };
}
