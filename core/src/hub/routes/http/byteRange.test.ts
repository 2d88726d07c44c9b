import { expect, test } from 'vitest';
import { parseRange } from './byteRange.ts';

test('a range is cut to the file', () => {
  expect(parseRange('bytes=0-9', 100)).toEqual({ offset: 0, length: 10 });
  expect(parseRange('bytes=90-', 100)).toEqual({ offset: 90, length: 10 });
  expect(parseRange('bytes=90-500', 100)).toEqual({ offset: 90, length: 10 });
  expect(parseRange('bytes=-10', 100)).toEqual({ offset: 90, length: 10 });
  expect(parseRange('bytes=-500', 100)).toEqual({ offset: 0, length: 100 });
});

test('what is no single range of bytes gets the whole file', () => {
  for (const header of [undefined, 'bytes=0-1,5-6', 'lines=1-2', 'bytes=-', 'bytes=9-1']) {
    expect(parseRange(header, 100)).toBeUndefined();
  }
});

test('a range beyond the end is refused', () => {
  expect(() => parseRange('bytes=100-', 100)).toThrow(/beyond its end/);
});
