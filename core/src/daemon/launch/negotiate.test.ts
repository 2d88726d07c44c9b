import { describe, expect, test } from 'vitest';
import { compareVersions, negotiate } from './negotiate.ts';

const hello = { version: '1.2.0', apiMin: 1, apiMax: 2, schema: 3, bundle: '', pid: 1 };

describe('a running daemon', () => {
  test("as new or newer is used as it is where it covers the program's range", () => {
    for (const version of ['1.0.0', '1.2.0-beta', '1.2.0'])
      expect(negotiate(hello, { version, apiMin: 1, apiMax: 2, schema: 3 })).toBe('use');
  });

  test('hands over to a newer program', () => {
    expect(negotiate(hello, { version: '1.2.1', apiMin: 1, apiMax: 2, schema: 3 })).toBe('handover');
    expect(negotiate(hello, { version: '1.3.0', apiMin: 2, apiMax: 3, schema: 4 })).toBe('handover');
  });

  test('is never replaced by a program that is older or knows only an older schema: that one is told to update', () => {
    const older = { version: '0.9.0', apiMin: 0, apiMax: 0, schema: 2 };
    expect(() => negotiate(hello, older)).toThrow(/1\.2\.0.*0\.9\.0/);
    expect(() => negotiate(hello, { ...older, version: '9.0.0' })).toThrow("can't talk to it");
  });
});

test.each([
  ['1.10.0', '1.9.9'],
  ['2.0.0', '2.0.0-beta.1'],
  ['2.0.0-beta.2', '2.0.0-beta.1'],
  ['0.1.1', '0.1.0+build9'],
])('%s is newer than %s', (newer, older) => {
  expect(compareVersions(newer, older)).toBeGreaterThan(0);
  expect(compareVersions(older, newer)).toBeLessThan(0);
  expect(compareVersions(newer, newer)).toBe(0);
});
