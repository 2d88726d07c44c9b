import { describe, expect, test } from 'vitest';
import { onStore } from './goals.ts';
import { formatFigure, formatGoal, formatRatio, isMet, rowsOf, significant } from './rows.ts';
import { samples } from './testing.ts';

describe('rows', () => {
  const rows = rowsOf(samples, 'forebay', onStore);
  const row = (work: string, beside: string | null, figure = 'seconds') =>
    rows.find(
      ({ line }) => line.work === work && line.figure === figure && (line.beside?.peer ?? null) === beside,
    );

  test('tell whether what must be reached is', () => {
    expect(row('sync', 'raw')).toMatchObject({ ours: 10, other: { median: 9 }, met: true });
    expect(row('sync', 's5cmd')).toMatchObject({ other: { median: 52 }, met: true });
    expect(row('sync', 'restic')).toMatchObject({ other: { median: 15 }, met: false });
    expect(row('fill', 'tar')).toMatchObject({ met: true });
    expect(row('unchanged', 'find')).toMatchObject({ met: false });
    expect(row('unchanged', 'find', 'inside')).toMatchObject({ met: true });
  });

  test('hold the median of memory and bytes to what must be reached', () => {
    expect(row('sync', null, 'daemon')).toMatchObject({ ours: 450e6, met: true });
    expect(row('rest', null, 'daemon')).toMatchObject({ met: true });
    expect(row('diff', 'forebay', 'bytes')).toMatchObject({ other: { median: 20e6 }, met: true });
  });

  test('a peer that is missing leaves the verdict open; what of ours is missing has no row', () => {
    expect(row('sync', 'dvc')).toMatchObject({ other: undefined, met: null });
    expect(rows.some(({ line }) => line.work === 'mount')).toBe(false);
  });
});

test('what must be reached is reached at its very edge, and not beyond', () => {
  expect(isMet({ is: 'at most times', times: 1.25 }, 1, 1.25)).toBe(true);
  expect(isMet({ is: 'at most times', times: 1.25 }, 1, 1.26)).toBe(false);
  expect(isMet({ is: 'times faster', times: 5 }, 1, 0.2)).toBe(true);
  expect(isMet({ is: 'times faster', times: 5 }, 1, 0.21)).toBe(false);
  expect(isMet({ is: 'at most', value: 0.05 }, 0.051, undefined)).toBe(false);
});

test.each([
  [0.0834, '83 ms'],
  [0.9961, '996 ms'],
  [3.456, '3.5 s'],
  [52.4, '52 s'],
  [4000, '4,000 s'],
])('%d seconds are written %s', (seconds, text) => {
  expect(formatFigure('seconds', seconds)).toBe(text);
});

test('bytes are written in KB, MB and GB', () => {
  expect(formatFigure('bytes', 8300)).toBe('8.3 KB');
  expect(formatFigure('daemon', 1.53e6)).toBe('1.5 MB');
  expect(formatFigure('daemon', 471.4e6)).toBe('471 MB');
  expect(formatFigure('daemon', 1.2e9)).toBe('1.2 GB');
});

test('digits that mean nothing are left out', () => {
  expect([0.123, 0.999, 1.04, 9.96, 12.3, 1234].map(significant)).toEqual([
    '0.12',
    '1.0',
    '1.0',
    '10',
    '12',
    '1,234',
  ]);
});

test('a ratio speaks as what must be reached does', () => {
  const ratio = { middle: 0.2, least: 0.1, most: 0.25 };
  expect(formatRatio({ is: 'times faster', times: 5 }, ratio)).toBe('5.0 times faster (4.0–10)');
  expect(formatRatio({ is: 'at most times', times: 1 }, ratio)).toBe('0.20 times its time (0.10–0.25)');
  expect(formatRatio({ is: 'at most times', times: 0.01 }, { ...ratio, middle: 0.0004 })).toBe('0.040%');
  expect(formatGoal({ is: 'at most times', times: 1 }, 'seconds')).toBe('no slower');
  expect(formatGoal({ is: 'at most', value: 0.05 }, 'inside')).toBe('at most 50 ms');
  expect(formatGoal({ is: 'at most times', times: 0.01 }, 'bytes')).toBe('at most 1%');
});
