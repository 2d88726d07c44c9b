import { expect, test } from 'vitest';
import { serverPath } from './serverPath.ts';

test.each([
  ['/home/ana/work', 'scans/2024', '/home/ana/work/scans/2024'],
  ['~/work/', '', '~/work'],
  ['~', 'scans', '~/scans'],
  ['/', 'scans', '/scans'],
])('%s and %j are %s', (root, path, whole) => {
  expect(serverPath(root, path)).toBe(whole);
});
