import { expect, test } from 'vitest';
import { artifactRows, parseCsv, viewerOf } from './artifactTree.ts';

const files = ['a.txt', 'model/MLmodel', 'model/data/w.bin', 'z/1.png'].map((path) => ({ path, bytes: 10 }));

test('folders come first, say what they hold, and open', () => {
  const rows = artifactRows(files, new Set(['model']));
  expect(rows.map(({ path, depth }) => `${'  '.repeat(depth)}${path}`)).toEqual([
    ...['model', '  model/data', '  model/MLmodel', 'z', 'a.txt'],
  ]);
  expect(rows[0]).toMatchObject({ kind: 'folder', files: 2, bytes: 20, open: true });
});

test('a viewer is chosen by name, none for what is too large', () => {
  const of = (path: string, bytes = 10) => viewerOf({ path, bytes });
  expect([of('x/plot.PNG'), of('t.csv'), of('MLmodel'), of('m.pkl'), of('t.csv', 1e9)]).toEqual([
    ...['image', 'table', 'text', 'none', 'none'],
  ]);
});

test('CSV reads quoted cells, line ends within them, and stops where it is told', () => {
  expect(parseCsv('a,b\r\n"x, ""y""","1\n2"\n', ',', 10)).toEqual([
    ['a', 'b'],
    ['x, "y"', '1\n2'],
  ]);
  expect(parseCsv('a\n1\n2\n', ',', 2)).toEqual([['a'], ['1']]);
});
