import { describe, expect, test } from 'vitest';
import { isForebayError } from './errors.ts';
import { checkTag, formatSelector, parseRef, parseSelector } from './ref.ts';

describe('a reference', () => {
  test('without a selector means the latest version', () => {
    expect(parseRef('mnist')).toEqual({ name: 'mnist', selector: { kind: 'latest' }, path: '' });
  });

  test('ends at the first colon, where a path begins', () => {
    expect(parseRef('mnist@v3:a@b:c.png')).toEqual({
      name: 'mnist',
      selector: { kind: 'number', number: 3 },
      path: 'a@b:c.png',
    });
  });

  test.each(['latest', 'v12', 'raw', 'sha256-0123abcd'])('keeps @%s as it was written', (text) => {
    expect(formatSelector(parseSelector(text))).toBe(text);
  });

  test.each(['', 'Mnist', '-x', 'a/b', 'a b', `${'x'.repeat(64)}`, 'x@', 'x@v0', 'x@sha256-12', 'x@1'])(
    'refuses %j and says what a name looks like',
    (text) => {
      try {
        parseRef(text);
        expect.unreachable();
      } catch (error) {
        expect(isForebayError(error, 'bad-name')).toBe(true);
        expect((error as { hint?: string }).hint).toMatch(/letter|@v3/);
      }
    },
  );

  test.each(['latest', 'v3', 'sha256-abc', '3d', ''])('%j is no tag', (tag) => {
    expect(() => checkTag(tag)).toThrow("can't be a tag");
  });
});
