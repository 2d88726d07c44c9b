import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packBytes, packMembers, planBatches, wholeFileMost } from './plan.ts';
import { memberLength, trailer } from './tar.ts';

test('every file is packed once, in order, and no pack is larger than its buffer', () => {
  const sizes = fc.array(
    fc.oneof(fc.nat(1000), fc.nat(wholeFileMost), fc.integer({ min: wholeFileMost, max: 2 ** 34 })),
  );
  fc.assert(
    fc.property(sizes, (bytes) => {
      const batches = [
        ...planBatches(
          bytes.keys(),
          (at) => `f${at}`,
          (at) => bytes[at] as number,
        ),
      ];
      const order = (a: number, b: number) => a - b;
      expect(batches.flatMap((batch) => batch.files).sort(order)).toEqual([...bytes.keys()]);
      for (const { files, large } of batches) {
        expect(files).toEqual([...files].sort(order));
        if (large) expect(bytes[files[0] as number]).toBeGreaterThan(wholeFileMost);
        else {
          const length = files.reduce(
            (sum, at) => sum + memberLength(`f${at}`, bytes[at] as number),
            trailer,
          );
          expect(length).toBeLessThanOrEqual(packBytes);
        }
      }
    }),
  );
});

test('a pack has at most 8,192 members', () => {
  const batches = [...planBatches(Array(20_000).keys(), String, () => 1)];
  expect(batches.map((batch) => batch.files.length)).toEqual([
    packMembers,
    packMembers,
    20_000 - 2 * packMembers,
  ]);
});
