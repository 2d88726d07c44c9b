import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileEntry } from '../../entry.ts';
import { planReads } from './planReads.ts';

const file = (path: string, offset: number, length: number, pack = 'p'): FileEntry => ({
  kind: 'file',
  path,
  size: length,
  executable: false,
  mtime: 0,
  sha256: 'x',
  parts: length === 0 ? [] : [{ pack, offset, length, codec: 'raw', size: length }],
});
const KB = 1024;
const MB = 1024 * KB;

describe('a plan of reads', () => {
  test('takes a pack by one request where a third of the stretch is needed', () => {
    const files = [0, 3, 6, 9].map((i) => file(`f${i}`, (i * MB) / 2, MB / 2));
    expect(planReads(files).reads).toMatchObject([{ range: { offset: 0, length: 5 * MB } }]);
  });

  test('takes ranges where less is needed, near ones together', () => {
    const files = [file('a', 0, KB), file('b', 5 * KB, KB), file('c', 20 * MB, KB)];
    expect(planReads(files).reads.map(({ range }) => range)).toEqual([
      { offset: 0, length: 6 * KB },
      { offset: 20 * MB, length: KB },
    ]);
  });

  test('leaves what no single read holds to streams, and reads nothing for empty files', () => {
    const large = file('large', 0, 40 * MB);
    const plan = planReads([file('empty', 0, 0), large]);
    expect(plan).toMatchObject({ reads: [], empty: [{ entry: { path: 'empty' } }], streamed: [large] });
  });

  test('reads every file exactly once, within the bound, whatever the layout', () => {
    const layout = fc.array(
      fc.record({
        pack: fc.constantFrom('p', 'q'),
        offset: fc.nat(10_000),
        length: fc.integer({ min: 1, max: 700 }),
      }),
    );
    fc.assert(
      fc.property(layout, (pieces) => {
        const files = pieces.map(({ pack, offset, length }, i) => file(`f${i}`, offset, length, pack));
        const { reads, streamed } = planReads(files, 1000);
        const read = reads.flatMap(({ files }) => files.map(({ entry }) => entry.path));
        expect([...read].sort()).toEqual(files.map(({ path }) => path).sort());
        expect(streamed).toEqual([]);
        for (const { range, files: within, pack } of reads) {
          expect(range.length).toBeLessThanOrEqual(1000);
          for (const { offset, length, entry } of within) {
            expect(entry.parts[0]).toMatchObject({ pack });
            expect(offset).toBeGreaterThanOrEqual(range.offset);
            expect(offset + length).toBeLessThanOrEqual(range.offset + range.length);
          }
        }
      }),
    );
  });
});
