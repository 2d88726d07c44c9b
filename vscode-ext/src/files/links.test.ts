import { describe, expect, test } from 'vitest';
import { addressesIn, linksInLine } from './links.ts';

const named = (text: string) =>
  linksInLine(text).map(({ start, length, content }) => [text.slice(start, start + length), content]);
const scans = (path: string) => ({ dataset: 'chest-scans', version: 2, path });

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

  test.each(['me@v1.com', 'actions/checkout@v4', '@types/x@v2', 'x@v0', 'x@v1beta', 'X@v1', 'x@latest'])(
    '%s names no version',
    (line) => expect(linksInLine(line)).toEqual([]),
  );

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
