import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLines, OutputLines } from './outputLines.ts';

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

test('words are found in any case', () => {
  expect(findLines(['Epoch 1', 'loss', 'EPOCH 2'], 'epoch')).toEqual([0, 2]);
  expect(findLines(['a'], '')).toEqual([]);
});
