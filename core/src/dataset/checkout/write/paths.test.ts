import { describe, expect, test } from 'vitest';
import { checkPath } from './paths.ts';

describe('a path in a manifest', () => {
  test.each([
    '',
    '/etc/passwd',
    '../x',
    'a/../b',
    './a',
    'a//b',
    'a/',
    'a/.',
    'nul\0',
    '.forebay',
    '.forebay/x',
  ])('like %j is refused', (path) => {
    expect(() => checkPath(path, 'linux')).toThrow(expect.objectContaining({ code: 'bad-path' }));
  });

  test.each(['a', '...', 'a b/c\nd', 'ünï', '-rf', 'a/.forebay', 'con.txt', 'a:b', 'x.'])(
    'like %j is fine',
    (path) => {
      expect(() => checkPath(path, 'linux')).not.toThrow();
    },
  );

  test.each(['con', 'a/NUL.txt', 'a:b', 'C:\\x', 'dot.', 'space ', 'a\nb'])(
    'like %j is refused on Windows',
    (path) => {
      expect(() => checkPath(path, 'win32')).toThrow(expect.objectContaining({ code: 'bad-path' }));
    },
  );
});
