import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OutputLines } from './outputLines.ts';

const lines = (...texts: string[]) => {
  const output = new OutputLines();
  for (const text of texts) output.add(text);
  return output.all;
};

test('a progress bar is its last state, colours are left out', () => {
  expect(lines('start\n 10%|#  |\r 90%|## |', '\r100%|###|\r\n\x1b[31mdone\x1b[0m\n')).toEqual([
    ...['start', '100%|###|', 'done'],
  ]);
});

test('what comes in pieces reads like what comes at once', () => {
  const text = fc.array(fc.constantFrom('a', '\n', '\r', 'loss 0.1', '\x1b[1m'), { maxLength: 30 });
  fc.assert(
    fc.property(text, (parts) => {
      expect(lines(...parts)).toEqual(lines(parts.join('')));
    }),
  );
});

test('a line without end is cut, in whatever pieces it comes, until it begins anew', () => {
  const long = 'abcdefghi '.repeat(200_000);
  const pieces = Array.from({ length: 20 }, (_, at) => long.slice(at * 100_000, (at + 1) * 100_000));
  const [line = ''] = lines(long);
  expect(line).toBe(`${long.slice(0, 2000)} … the rest of this line is not shown`);
  expect(lines(...pieces)).toEqual([line]);
  expect(lines(...pieces, '\r', 'new\nnext')).toEqual(['new', 'next']);
  expect(lines(`${long}\rnew\nnext`)).toEqual(['new', 'next']);
});
