import { describe, expect, test } from 'vitest';
import { addressesIn, linksInLine } from './links.ts';

const named = (text: string) =>
  linksInLine(text).map(({ start, length, content }) => [text.slice(start, start + length), content]);
const scans = (path: string, selector = 'v2') => ({ dataset: 'chest-scans', selector, path });

describe('a line of a terminal', () => {
  test.each([
    ['Made chest-scans@v2: 241 files', 'chest-scans@v2', ''],
    ['see chest-scans@v2:images/a.png.', 'chest-scans@v2:images/a.png', 'images/a.png'],
    ['(chest-scans@v2:images/a.png)', 'chest-scans@v2:images/a.png', 'images/a.png'],
    ['chest-scans@v2:a(1).png, b', 'chest-scans@v2:a(1).png', 'a(1).png'],
    ['"forebay://chest-scans@v2/a%20b%23.png"', 'forebay://chest-scans@v2/a%20b%23.png', 'a b#.png'],
    ['forebay://chest-scans@v2/', 'forebay://chest-scans@v2/', ''],
    ['forebay://chest-scans@v2/50%.csv', 'forebay://chest-scans@v2/50%.csv', '50%.csv'],
    ['chest-scans@v2.', 'chest-scans@v2', ''],
  ])('%s', (line, link, path) => {
    expect(named(line)).toEqual([[link, scans(path)]]);
  });

  test.each([
    ['cached chest-scans@raw.', 'chest-scans@raw', 'raw', ''],
    ['chest-scans@latest:a.png', 'chest-scans@latest:a.png', 'latest', 'a.png'],
    ['(chest-scans@sha256-0123abcd)', 'chest-scans@sha256-0123abcd', 'sha256-0123abcd', ''],
    ['forebay://chest-scans@raw/a.png', 'forebay://chest-scans@raw/a.png', 'raw', 'a.png'],
    ['forebay://chest-scans/a.png, b', 'forebay://chest-scans/a.png', 'latest', 'a.png'],
  ])('%s: by tag, by digest, or the newest', (line, link, selector, path) => {
    expect(named(line)).toEqual([[link, scans(path, selector)]]);
  });

  test.each([
    ...['actions/checkout@v4', '@types/x@v2', 'x@v0', 'X@v1', 'aa@bb@cc', 'x@sha256-1', 'chest-scans'],
    ...['forebay://X/a', 'forebay://{name}@v1/a'],
  ])('%s names no version', (line) => expect(linksInLine(line)).toEqual([]));

  test('may name several', () => {
    expect(
      named('chest-scans@v2:a forebay://chest-scans@v2/b')
        .map(([link]) => link)
        .sort(),
    ).toEqual(['chest-scans@v2:a', 'forebay://chest-scans@v2/b']);
  });
});

test('in a document only whole addresses are links', () => {
  expect(addressesIn('chest-scans@v2 and [x](forebay://chest-scans@v2/a.png)')).toMatchObject([
    { start: 23, length: 30, content: scans('a.png') },
  ]);
});
