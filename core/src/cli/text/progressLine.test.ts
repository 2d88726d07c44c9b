import { describe, expect, test } from 'vitest';
import type { Job, Progress } from '../../api/schemas.ts';
import { progressLine, shareOf } from './progressLine.ts';

const job = (progress: Partial<Progress>, state: Job['state'] = 'running'): Job => ({
  id: 'j',
  kind: 'fill',
  state,
  title: 'Filling mnist@v2',
  dataset: 'mnist',
  version: 2,
  cache: 'local',
  progress: {
    phase: 'scanning',
    files: 0,
    filesTotal: null,
    bytes: 0,
    bytesTotal: null,
    bytesPerSecond: null,
    secondsLeft: null,
    ...progress,
  },
  result: null,
  problem: null,
  created: '2026-01-01T00:00:00Z',
  ended: null,
});

const full = job({
  files: 1204,
  filesTotal: 1797,
  bytes: 600_000,
  bytesTotal: 1_000_000,
  bytesPerSecond: 38_200_000,
  secondsLeft: 4,
});

describe('the progress line', () => {
  test('says what is done, how fast, and how long it takes', () => {
    expect(progressLine(full, 200)).toBe(
      'Filling mnist@v2  ████████████░░░░░░░░  60%  scanning  1,204 of 1,797 files  600 kB  38.2 MB/s  4 s left',
    );
  });

  test('names the phase until the whole is known, and a queued job as queued', () => {
    expect(progressLine(job({ files: 12 }), 200)).toBe('Filling mnist@v2  scanning  12 files');
    expect(progressLine(job({}, 'queued'), 200)).toBe('Filling mnist@v2  queued');
  });

  test('never wraps', () => {
    for (const width of [5, 20, 40, 60, 80])
      expect([...progressLine(full, width)].length).toBeLessThan(width);
  });
});

test('nothing is more than whole, and an empty version has no share', () => {
  expect(shareOf(job({ bytes: 12, bytesTotal: 10 }))).toBe(1);
  expect(shareOf(job({ bytesTotal: 0, filesTotal: 0 }))).toBeNull();
});
