import { expect, test } from 'vitest';
import { previewSentence } from './previewText.ts';

const amount = (files: number, bytes = files * 1000) => ({ files, bytes });

test('a preview says what changed, with sizes, and nothing of what did not', () => {
  expect(previewSentence({ added: amount(1200), changed: amount(0), removed: amount(3) })).toBe(
    '+1,200 added (1.2 MB), −3 removed (3.0 kB)',
  );
  expect(previewSentence({ added: amount(0), changed: amount(0), removed: amount(0) })).toBe('');
});
