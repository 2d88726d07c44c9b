import { expect, test } from 'vitest';
import { serverPath } from './serverPath.ts';

test.each([
  ['/home/ana/notes', 'scans/2024', '/home/ana/notes/scans/2024'],
  ['~/notes/', '', '~/notes'],
  ['~', 'scans', '~/scans'],
  ['/', 'scans', '/scans'],
])('%s and %j are %s', (root, path, whole) => {
  expect(serverPath(root, path)).toBe(whole);
});
