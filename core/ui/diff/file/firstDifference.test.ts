import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstDifference, hexLines } from './firstDifference.ts';

const find = (before: Uint8Array, after: Uint8Array, most = 1e9) =>
  firstDifference(
    async (side, start, end) => (side === 'before' ? before : after).subarray(start, end),
    { before: before.length, after: after.length },
    most,
  );

test('the first byte that differs is found, over the ends of ranges too', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 50 }),
      fc.uint8Array({ maxLength: 50 }),
      async (before, after) => {
        const shorter = Math.min(before.length, after.length);
        const at = before.subarray(0, shorter).findIndex((byte, nth) => byte !== after[nth]);
        const expected =
          at >= 0 ? { same: at, differs: true } : { same: shorter, differs: before.length !== after.length };
        expect(await find(before, after)).toEqual(expected);
      },
    ),
  );
  const large = new Uint8Array((1 << 20) + 10);
  const other = large.slice();
  other[(1 << 20) + 5] = 1;
  expect(await find(large, other)).toEqual({ same: (1 << 20) + 5, differs: true });
  expect(await find(large, other, 1 << 20)).toEqual({ same: 1 << 20, differs: false });
});

test('bytes are written sixteen a line, marked where the other side has others', () => {
  const [line] = hexLines(Uint8Array.of(0x41, 0, 0xff), Uint8Array.of(0x41, 1), 32);
  expect(line?.offset).toBe(32);
  expect(line?.bytes).toEqual([
    { hex: '41', letter: 'A', marked: false },
    { hex: '00', letter: '·', marked: true },
    { hex: 'ff', letter: '·', marked: true },
  ]);
});
