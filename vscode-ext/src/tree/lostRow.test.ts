import { expect, test } from 'vitest';
import { refuseLostRow } from './lostRow.ts';

test('a row that the editor forgot is not taken for a command without one, which would ask about another', () => {
  expect(() => refuseLostRow([undefined, undefined])).toThrow('This row changed while it was pressed.');
  expect(() => refuseLostRow([undefined, null])).toThrow();
});

test('the palette, keys, titles of views and rows go on', () => {
  for (const given of [[], [undefined], [null], [{ kind: 'job' }, undefined], [{ kind: 'job' }, [{}, {}]]])
    expect(() => refuseLostRow(given)).not.toThrow();
});
