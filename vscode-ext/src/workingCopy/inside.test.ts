import { expect, test } from 'vitest';
import { insideOf } from './inside.ts';

test.each([
  ['/data/scans/images/1.png', 'images/1.png'],
  ['/data/scans/..names', '..names'],
  ['/data/scans', undefined],
  ['/data', undefined],
  ['/data/scans-old/1.png', undefined],
])('%s lies in /data/scans as %s', (file, inside) => {
  expect(insideOf('/data/scans', file)).toBe(inside);
});
