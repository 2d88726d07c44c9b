import { expect, test } from 'vitest';
import { choicesOf, fitting, looksLikeText, viewerOfName } from './viewers.ts';

test('names say which viewer fits', () => {
  const names = [
    'a/b.PNG',
    'labels.csv',
    'x.tsv',
    'config.json',
    'nb.ipynb',
    'README',
    '.forebayignore',
    'train.py',
  ];
  expect(names.map(viewerOfName)).toEqual([
    'image',
    'table',
    'table',
    'json',
    'json',
    'text',
    'text',
    'text',
  ]);
  expect(['model.pt', 'x', 'archive.tar.gz'].map(viewerOfName)).toEqual([undefined, undefined, undefined]);
});

test('bytes say what names leave open', () => {
  const text = new TextEncoder().encode('née\nü');
  expect([
    looksLikeText(text),
    looksLikeText(text.subarray(0, -1)),
    looksLikeText(Uint8Array.of(0x41, 0)),
  ]).toEqual([true, true, false]);
  expect(looksLikeText(Uint8Array.of(0xff, 0xfe, 0x41))).toBe(false);
});

test('what is too large for a viewer is compared as bytes', () => {
  const file = (size: number) => ({ kind: 'file' as const, size });
  expect(fitting('text', [file(10), null])).toEqual({ viewer: 'text', tooLarge: false });
  expect(fitting('text', [file(10), file(3e6)])).toEqual({ viewer: 'binary', tooLarge: true });
});

test('a table can be looked at as text where it is small enough for both', () => {
  const choices = (size: number) => choicesOf('table', [{ kind: 'file', size }, null]);
  expect([choices(1e6), choices(3e6), choices(9e6)]).toEqual([['table', 'text'], ['table'], []]);
  expect(choicesOf('image', [{ kind: 'file', size: 1 }, null])).toEqual(['image']);
});
