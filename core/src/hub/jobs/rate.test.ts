import { expect, test } from 'vitest';
import { addSample, progressOf, type Sample } from './rate.ts';

const tally = (bytes: number, phase = 'filling') => ({
  phase,
  files: bytes / 100,
  filesTotal: 100,
  bytes,
  bytesTotal: 10_000,
});
const collect = (samples: Sample[]) => samples.reduce<Sample[]>((all, sample) => addSample(all, sample), []);

test('a steady transfer tells its rate and the time left', () => {
  const samples = collect([0, 1, 2, 3].map((second) => ({ at: second * 1000, tally: tally(second * 1000) })));
  expect(progressOf(samples)).toMatchObject({ bytesPerSecond: 1000, secondsLeft: 7 });
});

test('only the last five seconds count, so that a rate follows the network', () => {
  const slow = [0, 1, 2, 3, 4, 5].map((second) => ({ at: second * 1000, tally: tally(second * 10) }));
  const fast = [6, 7, 8, 9, 10].map((second) => ({
    at: second * 1000,
    tally: tally(50 + (second - 5) * 1000),
  }));
  expect(progressOf(collect([...slow, ...fast])).bytesPerSecond).toBe(1000);
});

test('a new phase starts a new count', () => {
  const samples = collect([
    { at: 0, tally: tally(9000, 'packing') },
    { at: 1000, tally: tally(0, 'uploading') },
  ]);
  expect(progressOf(samples)).toMatchObject({ phase: 'uploading', bytesPerSecond: null, secondsLeft: null });
});

test('a stalled transfer does not promise a time', () => {
  const samples = collect([0, 1, 2].map((second) => ({ at: second * 1000, tally: tally(500) })));
  expect(progressOf(samples)).toMatchObject({ bytesPerSecond: 0, secondsLeft: null });
});
