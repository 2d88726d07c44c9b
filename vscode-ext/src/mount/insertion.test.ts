import { dataCode } from '@forebay/core/api/code/dataCode';
import { mountCode } from '@forebay/core/api/code/mountCode';
import { describe, expect, test } from 'vitest';
import { insertionOf } from './insertion.ts';

describe('mount code in a script', () => {
  test('goes into the empty line at the cursor', () => {
    expect(insertionOf(['import os', '', 'print(1)'], 1, mountCode('digits', 2))).toEqual({
      line: 1,
      text: 'import forebay\ndigits_path = forebay.mount("digits@v2")\n',
    });
  });

  test('goes below a line of code, and imports only once', () => {
    expect(insertionOf(['import forebay  # data', 'x = 1'], 1, mountCode('digits', 2))).toEqual({
      line: 2,
      text: 'digits_path = forebay.mount("digits@v2")\n',
    });
  });

  test('is indented like the line that it follows', () => {
    expect(insertionOf(['def train():', '    pass'], 1, mountCode('1000-genomes', 7))).toEqual({
      line: 2,
      text: '    import forebay\n    data_1000_genomes_path = forebay.mount("1000-genomes@v7")\n',
    });
  });

  test('imports what it needs, and only what is not there yet', () => {
    const code = dataCode('pandas', { dataset: 'digits', version: 2, path: 'labels.csv' });
    const { text } = insertionOf(['import pandas as pd', 'import forebay', ''], 2, code);
    expect(text).toBe(
      'digits_path = forebay.mount("digits@v2")\ndigits_data = pd.read_csv(digits_path / "labels.csv")\n',
    );
  });

  test('leaves its empty lines empty', () => {
    expect(insertionOf(['  x = 1'], 0, 'a = 1\n\nb = 2\n').text).toBe('  a = 1\n\n  b = 2\n');
  });

  test('starts an empty file', () => {
    expect(insertionOf([''], 0, mountCode('digits', 1)).line).toBe(0);
  });
});
