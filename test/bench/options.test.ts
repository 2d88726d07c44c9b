import { describe, expect, test } from 'vitest';
import { readOptions } from './options.ts';

describe('options', () => {
  test('without any: the setting of the design', () => {
    expect(readOptions([])).toMatchObject({
      files: { count: 100_000, min: 4000, max: 16_000 },
      setting: 'small',
      rounds: 3,
      growth: null,
      link: null,
      out: '.cache/bench',
      show: true,
    });
  });

  test('very many files are small ones', () => {
    const { files, setting } = readOptions(['--files', '627615']);
    expect(files).toEqual({ count: 627_615, min: 1000, max: 2000 });
    expect(setting).toBe('small 627615');
    expect(readOptions(['--files', '100000']).setting).toBe('small');
  });

  test('large files, a link, growth', () => {
    expect(readOptions(['--size', 'large', '--link', '20ms,1Gbit'])).toMatchObject({
      files: { count: 5000, min: 400_000, max: 400_000 },
      link: { roundTrip: 20, bitsPerSecond: 1e9 },
      setting: 'large 20ms,1Gbit',
    });
    expect(readOptions(['--grow']).growth).toEqual([1000, 10_000, 100_000, 627_615]);
    expect(readOptions(['--grow', '--files', '500,1000']).growth).toEqual([500, 1000]);
  });

  test('quick is small, and not for the docs', () => {
    expect(readOptions(['--quick'])).toMatchObject({ files: { count: 2000 }, rounds: 1 });
    expect(() => readOptions(['--quick', '--write'])).toThrow('nothing worth writing');
  });

  test.each([
    [['--peers', 's5cmd,rsync'], "'rsync' is none of"],
    [['--only', 'sink'], "'sink' is none of"],
    [['--files', 'many'], "not 'many'"],
    [['--files', '10,20'], '--grow'],
    [['--size', 'huge'], "not 'huge'"],
    [['--link', 'slow'], '20ms,1Gbit'],
    [['--profile', '--write'], 'slows down'],
    [['--turbo'], '--turbo'],
  ])('%j is refused, and says why', (args, said) => {
    expect(() => readOptions(args)).toThrow(said);
  });
});
