import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readBody } from './body.ts';

const pieces = (...sizes: number[]) => Readable.from(sizes.map((size) => Buffer.alloc(size, size)));

describe('a body', () => {
  test('is read whole, and what arrives is told as it comes', async () => {
    const heard: number[] = [];
    const body = await readBody(pieces(3, 5), 8, { arrived: (bytes) => heard.push(bytes) });
    expect([...body]).toEqual([3, 3, 3, 5, 5, 5, 5, 5]);
    expect(heard).toEqual([3, 5]);
  });

  test.each([
    ['announced', 8],
    ['not announced', undefined],
  ])('whose length is %s goes where it is wanted', async (_, length) => {
    const into = new Uint8Array(new SharedArrayBuffer(10));
    const body = await readBody(pieces(3, 5), length, { into });
    expect(body.buffer).toBe(into.buffer);
    expect([...body]).toEqual([3, 3, 3, 5, 5, 5, 5, 5]);
  });

  test.each([
    ['shorter', 9],
    ['longer', 7],
  ])('that is %s than announced is refused, and nothing of it has arrived', async (_, announced) => {
    let arrived = 0;
    const reading = readBody(pieces(3, 5), announced, { arrived: (bytes) => (arrived += bytes) });
    await expect(reading).rejects.toThrow(/announced|of 9 bytes/);
    expect(arrived).toBe(0);
  });
});
