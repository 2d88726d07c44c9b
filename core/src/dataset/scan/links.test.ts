import { expect, test } from 'vitest';
import { linkLeaves } from './links.ts';

const inside = { deep: 'a/b/c', self: '.', loop: 'loop', up: 'a/..' };
const leaves = (path: string, target: string, links: Record<string, string> = inside) =>
  linkLeaves(path, target, new Map(Object.entries({ ...links, [path]: target })));

test.each([
  ['x', 'a.txt'],
  ['a/x', '../b.txt'],
  ['a/b/x', '../../c'],
  ['x', 'not/there'],
  ['x', 'deep/../../d'],
  ['x', 'loop/y'],
  ['x', 'up/a'],
  ['x', './/a'],
])('%s -> %s stays inside', (path, target) => expect(leaves(path, target)).toBe(false));

test.each([
  ['x', '/etc/passwd'],
  ['x', '..'],
  ['a/x', '../../b'],
  ['x', 'a/../../b'],
  ['x', 'self/../y'],
  ['a/b/x', '../../up/../y'],
  ['x', 'C:\\Windows'],
  ['x', '\\\\server\\share'],
])('%s -> %s leaves', (path, target) => expect(leaves(path, target)).toBe(true));

test('a link through another that leaves, leaves too', () => {
  expect(leaves('x', 'out/y', { out: '..' })).toBe(true);
});
