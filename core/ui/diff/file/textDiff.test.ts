import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffText, foldEqual, type Line, type LinePair } from './textDiff.ts';

const text = fc
  .array(fc.constantFrom('a', 'b b', 'c  c', '', 'd e f'), { maxLength: 30 })
  .map((lines) => lines.map((line) => `${line}\n`).join(''));

const said = (line: Line | undefined) => line?.stretches.map(({ text }) => text).join('');

test('each side of the pairs, read from top to bottom, is its text', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { pairs, added, removed } = diffText(before, after);
      for (const [side, whole] of [
        ['left', before],
        ['right', after],
      ] as const) {
        const lines = pairs.map((pair) => pair[side]).filter((line) => line !== undefined);
        expect(lines.map((line) => `${said(line)}\n`).join('')).toBe(whole);
        expect(lines.map(({ number }) => number)).toEqual(lines.map((_, at) => at + 1));
      }
      const count = (kinds: LinePair['kind'][]) => pairs.filter(({ kind }) => kinds.includes(kind)).length;
      expect([added, removed]).toEqual([count(['added', 'changed']), count(['removed', 'changed'])]);
      for (const { kind, left, right } of pairs) if (kind === 'same') expect(said(left)).toBe(said(right));
    }),
  );
});

test('of a changed line the words are marked that differ', () => {
  const { pairs } = diffText('lr = 0.1 # slow\n', 'lr = 0.01 # slow\n');
  const marked = (line: Line | undefined) =>
    line?.stretches.filter(({ marked }) => marked).map(({ text }) => text);
  expect([marked(pairs[0]?.left), marked(pairs[0]?.right)]).toEqual([['1'], ['01']]);
});

test('long lines that have nothing in common keep nobody waiting', () => {
  const line = (seed: number) =>
    Array.from({ length: 400 }, (_, nth) => ((seed * 7919 + nth * 104_729) % 9973).toString(36)).join(' ');
  const texts = [0, 5000].map((first) =>
    Array.from({ length: 1000 }, (_, nth) => `${line(first + nth)}\n`).join(''),
  );
  const start = performance.now();
  const { pairs } = diffText(texts[0] as string, texts[1] as string);
  expect(performance.now() - start).toBeLessThan(6000);
  expect(pairs).toHaveLength(1000);
});

test('folding hides only equal lines away from changes, and nothing twice', () => {
  fc.assert(
    fc.property(text, text, text, text, (head, before, after, tail) => {
      const { pairs } = diffText(head + before + tail, head + after + tail);
      const shown = foldEqual(pairs, new Set());
      expect(shown.flatMap((each) => (each.kind === 'pair' ? [each.pair] : each.pairs))).toEqual(pairs);
      for (const each of shown) {
        if (each.kind === 'fold') expect(each.pairs.every(({ kind }) => kind === 'same')).toBe(true);
      }
      const folds = shown.flatMap((each) => (each.kind === 'fold' ? [each.at] : []));
      const opened = foldEqual(pairs, new Set(folds));
      expect(opened.every(({ kind }) => kind === 'pair')).toBe(true);
      expect(opened).toHaveLength(pairs.length);
    }),
  );
});
