import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeOutput } from './output.ts';
import { searchBytes, searchOutput } from './search.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forebay-search-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Page by page, as a page does it. */
async function search(words: string, most = 1000) {
  const lines = new Map<number, { at: number; text: string }>();
  let [from, line] = [0, 0];
  for (let pages = 1; ; pages++) {
    const found = await searchOutput(folder, 'run', { words, from, line, most });
    for (const { line, ...match } of found.matches) if (!lines.has(line)) lines.set(line, match);
    if (found.complete) return { lines, pages };
    expect(found.next).toBeGreaterThan(from);
    ({ next: from, line } = found);
  }
}

test('lines are found as they are shown, with their numbers and places', async () => {
  expect((await search('x')).lines.size).toBe(0);
  const text = 'Épöch 1\n\n10% loss\r100% done\r\nlo\x1b[31mss\x1b[0m 0.5\nÉPÖCH 2\nno end: loss';
  await writeOutput(folder, 'run', 0, Buffer.from(text));
  expect([...(await search('épöch')).lines]).toEqual([
    [0, { at: 0, text: 'Épöch 1' }],
    [4, { at: Buffer.from(text.slice(0, text.indexOf('ÉPÖCH'))).length, text: 'ÉPÖCH 2' }],
  ]);
  // One by one, and not a progress bar's former states.
  expect([...(await search('LOSS', 1)).lines.keys()]).toEqual([3, 5]);
});

test('what is long is looked through in pages, also a line without end', async () => {
  const piece = Buffer.alloc(3_000_000, 'abcdefghi ');
  await writeOutput(folder, 'run', 0, Buffer.from('first\n'));
  for (const at of [0, 1, 2]) await writeOutput(folder, 'run', 6 + at * piece.length, piece);
  await writeOutput(folder, 'run', 6 + 3 * piece.length, Buffer.from('needle\nlast needle\n'));
  const { lines, pages } = await search('Needle');
  expect([...lines.keys()]).toEqual([1, 2]);
  expect(lines.get(2)?.at).toBe(6 + 3 * piece.length + 7);
  expect(pages).toBeGreaterThan(2);
});

test('in whatever pieces it is looked through, the same lines are found', () => {
  const line = fc.stringMatching(/^[ab\r]{0,6}$/);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), fc.integer({ min: 1, max: 3 }), (lines, most) => {
      const bytes = Buffer.from(lines.join('\n'));
      const all = searchBytes(bytes, 'ab', { most: 1000, toTheEnd: true }).matches;
      const found: typeof all = [];
      for (let [at, number] = [0, 0]; ; ) {
        const page = searchBytes(bytes.subarray(at), 'ab', { most, toTheEnd: true });
        found.push(...page.matches.map((each) => ({ ...each, at: at + each.at, line: number + each.line })));
        if (page.complete) break;
        [at, number] = [at + page.next, number + page.line];
      }
      expect(found).toEqual(all);
    }),
  );
});
