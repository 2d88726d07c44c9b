import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mountCode, mountVariable } from './mountCode.ts';

describe('mount code', () => {
  test('imports, mounts exactly the version and ends with an empty line', () => {
    expect(mountCode('chest-xray', 3)).toBe(
      'import forebay\nchest_xray_path = forebay.mount("chest-xray@v3")\n',
    );
  });

  test('of a part names its globs, whatever is in them', () => {
    const code = mountCode('x', 2, { include: ['images/**', 'a "b"\\[1].csv'], exclude: ['*.tmp'] });
    expect(code).toContain(
      'forebay.mount("x@v2", include=["images/**", "a \\"b\\"\\\\[1].csv"], exclude=["*.tmp"])',
    );
    expect(mountCode('x', 2, { include: [], exclude: ['*.tmp'] })).toContain('("x@v2", exclude=["*.tmp"])');
  });

  test.each([
    ['mnist', 'mnist_path'],
    ['2024.scans', 'data_2024_scans_path'],
    ['a--b.', 'a_b_path'],
    ['class', 'class_path'],
  ])('names the variable of %s %s', (name, variable) => {
    expect(mountVariable(name)).toBe(variable);
  });

  test('makes a Python identifier of every dataset name', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,62}$/), (name) => {
        expect(mountVariable(name)).toMatch(/^[a-z][a-z0-9_]*_path$/);
      }),
    );
  });
});
