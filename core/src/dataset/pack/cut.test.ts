import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noise } from '../testing/lake.ts';
import { type CutSizes, Cutter, cutSizes } from './cut.ts';

const scaled: CutSizes = { least: 256, average: 1024, most: 4096 };

/** Lengths of the chunks, the bytes fed in steps. */
function cut(bytes: Uint8Array, sizes: CutSizes, step = bytes.length): number[] {
  const cutter = new Cutter(sizes);
  const lengths: number[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; at += step) {
    const to = Math.min(bytes.length, at + step);
    for (let from = at; from < to; ) {
      const end = cutter.next(bytes, from, to);
      if (end < 0) break;
      lengths.push(end - start);
      start = end;
      from = end;
    }
  }
  if (start < bytes.length) lengths.push(bytes.length - start);
  return lengths;
}

function chunks(bytes: Uint8Array): string[] {
  let at = 0;
  return cut(bytes, scaled).map((length) => {
    at += length;
    return hash('sha256', bytes.subarray(at - length, at));
  });
}

const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0);

test('cuts fall where they fell in the first release, so that its chunks are found again', () => {
  expect(cut(noise(48 * 2 ** 20, 'cuts'), cutSizes, 2 ** 20)).toMatchInlineSnapshot(`
    [
      4194550,
      4309187,
      5372427,
      3278459,
      8466908,
      4723233,
      4699426,
      5024199,
      1396478,
      5395889,
      3470892,
    ]
  `);
  expect(cut(new Uint8Array(40 * 2 ** 20), cutSizes, 2 ** 20)).toEqual([16, 16, 8].map((n) => n * 2 ** 20));
});

test('chunks are about as large as wanted', () => {
  const lengths = cut(noise(2 ** 20, 1), scaled);
  expect(sum(lengths) / lengths.length).toBeGreaterThan(700);
  expect(sum(lengths) / lengths.length).toBeLessThan(1700);
});

describe('whatever the content', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.nat(20_000).map((size) => Buffer.alloc(size, size)),
      fc.tuple(fc.nat(20_000), fc.nat()).map(([size, seed]) => noise(size, seed)),
    ),
    { maxLength: 6 },
  );

  test('it is cut into chunks of the sizes allowed, the same however it is read', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 9000 }), (parts, step) => {
        const bytes = Buffer.concat(parts);
        const lengths = cut(bytes, scaled);
        expect(sum(lengths)).toBe(bytes.length);
        for (const length of lengths.slice(0, -1)) expect(length).toBeGreaterThanOrEqual(scaled.least);
        for (const length of lengths) expect(length).toBeLessThanOrEqual(scaled.most);
        expect(cut(bytes, scaled, step)).toEqual(lengths);
      }),
    );
  });

  test('each edit makes a few chunks new', () => {
    const edit = fc.record({ at: fc.nat(200_000), drop: fc.nat(300), add: fc.nat(300) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), fc.nat(), (edits, seed) => {
        const before = noise(200_000, seed);
        let after = before;
        for (const [i, { at, drop, add }] of edits.entries()) {
          after = Buffer.concat([
            after.subarray(0, at),
            noise(add, `${seed} ${i}`),
            after.subarray(Math.min(after.length, at + drop)),
          ]);
        }
        const known = new Set(chunks(before));
        const made = chunks(after);
        expect(made.filter((chunk) => !known.has(chunk)).length).toBeLessThanOrEqual(edits.length * 20);
      }),
    );
  });
});

test('a byte at the start makes hardly more than one chunk new', () => {
  const seeds = Array.from({ length: 50 }, (_, seed) => seed);
  const fresh = seeds.map((seed) => {
    const content = noise(100_000, seed);
    const known = new Set(chunks(content));
    return chunks(Buffer.concat([Buffer.from('x'), content])).filter((chunk) => !known.has(chunk)).length;
  });
  expect(sum(fresh) / seeds.length).toBeLessThan(3);
});
