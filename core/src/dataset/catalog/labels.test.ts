import { expect, test } from 'vitest';
import { checkLabels } from './labels.ts';

test('labels are sorted, each once, without what stands around them', () => {
  expect(checkLabels([' x-ray', 'hospital: 3', 'x-ray', 'Lunge/größer'])).toEqual([
    'Lunge/größer',
    'hospital: 3',
    'x-ray',
  ]);
});

test.each(['', ' ', 'a\nb', '-x', 'x,', 'y'.repeat(64), '<b>'])('%j is refused by name', (label) => {
  expect(() => checkLabels(['ok', label])).toThrow(`'${label.trim()}' can't be a label.`);
});
