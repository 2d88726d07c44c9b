import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FileEntry } from '../../entry.ts';
import type { Transfer } from '../transfer.ts';
import { Arrival } from './arrival.ts';
import type { Read } from './planReads.ts';

const file = (size: number) => ({ entry: { size } as FileEntry });

/** The bytes that progress shows after each step. */
function follow(sizes: number[], length: number, pieces: number[], written: number): number[] {
  const shown: number[] = [];
  let coming = 0;
  let done = 0;
  const transfer = {
    coming: (bytes: number) => {
      coming += bytes;
      if (bytes > 0) shown.push(done + coming);
    },
    done: ({ size }: FileEntry) => {
      done += size;
      shown.push(done + coming);
    },
  } as Transfer;
  const files = sizes.map(file);
  const arrival = new Arrival({ files, range: { offset: 0, length } } as unknown as Read, transfer);
  for (const piece of pieces) arrival.count(piece);
  for (const { entry } of files.slice(0, written)) arrival.handingOver.done(entry);
  arrival.end();
  expect(coming).toBe(0);
  return shown;
}

test('progress follows what arrives, then the files, and is never more than the files hold', () => {
  expect(follow([300, 100], 800, [200, 200, 400], 2)).toEqual([100, 200, 400, 400, 400]);
});

test('for reads of any kind, progress only grows and ends at what was written', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(
      sizes,
      fc.integer({ min: 1, max: 1e7 }),
      fc.integer({ min: 1, max: 9 }),
      (files, length, steps) => {
        const pieces = Array.from({ length: steps }, () => Math.ceil(length / steps));
        const shown = follow(files, length, pieces, files.length);
        const total = files.reduce((sum, size) => sum + size, 0);
        expect(shown.at(-1)).toBe(total);
        expect(shown).toEqual([...shown].sort((a, b) => a - b));
      },
    ),
  );
});

test('what arrived of files that turn out damaged counts no more', () => {
  expect(follow([300, 100], 400, [400], 1).at(-1)).toBe(400);
});
