import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentPath, folderOf, parseContentPath } from './contentPath.ts';

describe("a version's file in a forebay: address", () => {
  test('comes back as it went in, whatever its name', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((part) => !part.includes('/'));
    fc.assert(
      fc.property(fc.array(name), fc.integer({ min: 1 }), (parts, version) => {
        const content = { dataset: 'chest-xray', version, path: parts.join('/') };
        expect(parseContentPath(contentPath(content))).toEqual(content);
      }),
    );
  });

  test('may hold @ and : itself', () => {
    expect(parseContentPath('/x@v1/a@v2:b')).toEqual({ dataset: 'x', version: 1, path: 'a@v2:b' });
  });

  test.each(['/', '/x', '/x@latest/a', '/X@v1/a', '/x@v0/a'])('%s names none', (text) => {
    expect(() => parseContentPath(text)).toThrow('names no file');
  });
});

test('the folder of a name at the top is the top', () => {
  expect([folderOf('a/b/c'), folderOf('a')]).toEqual(['a/b', '']);
});
