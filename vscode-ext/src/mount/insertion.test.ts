import { describe, expect, test } from 'vitest';
import { insertionOf } from './insertion.ts';

describe('mount code in a script', () => {
  test('goes into the empty line at the cursor', () => {
    expect(insertionOf(['import os', '', 'print(1)'], 1, 'digits', 2)).toEqual({
      line: 1,
      text: 'import forebay\ndigits_path = forebay.mount("digits@v2")\n',
    });
  });

  test('goes below a line of code, and imports only once', () => {
    expect(insertionOf(['import forebay  # data', 'x = 1'], 1, 'digits', 2)).toEqual({
      line: 2,
      text: 'digits_path = forebay.mount("digits@v2")\n',
    });
  });

  test('is indented like the line that it follows', () => {
    expect(insertionOf(['def train():', '    pass'], 1, '1000-genomes', 7)).toEqual({
      line: 2,
      text: '    import forebay\n    data_1000_genomes_path = forebay.mount("1000-genomes@v7")\n',
    });
  });

  test('starts an empty file', () => {
    expect(insertionOf([''], 0, 'digits', 1).line).toBe(0);
  });
});
