import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Part } from '../../entry.ts';
import { pieceSize, planPieces } from './planPieces.ts';

const MiB = 2 ** 20;
const raw = (pack: string, offset: number, length: number): Part => ({
  pack,
  offset,
  length,
  codec: 'raw',
  size: length,
});

test('neighbours in a pack come by one request, large parts in pieces', () => {
  const parts = [
    raw('p', 512, 3 * MiB),
    raw('p', 3 * MiB + 1024, 4 * MiB),
    raw('p', 8 * MiB, 2 * MiB),
    raw('q', 512, 20 * MiB),
  ];
  expect(planPieces(parts)).toMatchObject([
    { kind: 'parts', pack: 'p', offset: 512, length: 7 * MiB + 512, parts: parts.slice(0, 2) },
    { kind: 'parts', pack: 'p', offset: 8 * MiB, length: 2 * MiB },
    { kind: 'piece', offset: 0, length: 8 * MiB },
    { kind: 'piece', offset: 8 * MiB, length: 8 * MiB },
    { kind: 'piece', offset: 16 * MiB, length: 4 * MiB },
  ]);
});

test('every part is asked for once, in order, by requests of a bounded size', () => {
  const part = fc
    .record({
      pack: fc.constantFrom('p', 'q'),
      offset: fc.nat(64 * MiB),
      size: fc.nat(20 * MiB),
      zstd: fc.boolean(),
    })
    .map(
      ({ pack, offset, size, zstd }): Part =>
        zstd ? { pack, offset, length: size >> 2, codec: 'zstd', size } : raw(pack, offset, size),
    );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const requests = planPieces(parts);
      const asked = requests.flatMap((request) =>
        request.kind === 'parts' ? request.parts : request.offset === 0 ? [request.part] : [],
      );
      expect(asked).toEqual(parts);
      for (const request of requests) {
        expect(request.length).toBeLessThanOrEqual(pieceSize);
        if (request.kind === 'piece') continue;
        for (const { offset, length } of request.parts) {
          expect(offset).toBeGreaterThanOrEqual(request.offset);
          expect(offset + length).toBeLessThanOrEqual(request.offset + request.length);
        }
      }
    }),
  );
});
