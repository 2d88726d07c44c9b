import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noResults, withComparison } from './results.ts';
import { comparison, growth, samplesOf } from './testing.ts';
import { readResults, writeResults } from './write.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fb-bench-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

const large = {
  ...comparison,
  setting: 'large 20ms,1Gbit',
  link: { roundTrip: 20, bitsPerSecond: 1e9, unlimitedBitsPerSecond: 9e9 },
};

test('the page names what was reached, what was missed, and who is missing', async () => {
  const page = await writeResults(folder, withComparison(noResults, comparison));
  expect(page).toContain('## 100,000 files of 4 KB to 16 KB, 1.0 GB, 3 rounds');
  expect(page).toContain(
    '| sync to S3 | 10 s | the same bytes as 64 MiB objects, put, 9.0 s | 1.1 times its time (1.1–1.2) | at most 1.25 times its time | met |',
  );
  expect(page).toContain('|  |  | s5cmd cp, 52 s | 5.2 times faster (4.6–5.5) | 5 times faster | met |');
  expect(page).toContain(
    'restic backup, 15 s | 1.5 times faster (1.2–1.6) | 1.7 times faster | **missed** |',
  );
  expect(page).toContain('| DVC add + push | not measured | 15 times faster |  |');
  expect(page).toContain('Not measured: dvc. pip needs PyPI for this.');
  expect(page).toContain('Measured on 2026-01-02: Test & Co <CPU>, 2 cores, 8 GiB');
  expect(
    page
      .split('\n')
      .filter((line) => line.startsWith('|  |'))
      .every((line) => line.split('|').length === 8),
  ).toBe(true);
});

test('ratios are judged in the setting that they were set for, limits everywhere', async () => {
  const page = await writeResults(folder, withComparison(noResults, large));
  expect(page).toContain('| s5cmd cp, 52 s | 5.2 times faster (4.6–5.5) |  |  |');
  expect(page).toContain('| memory of the daemon, sync | 450 MB |  |  | at most 512 MB | met |');
});

test('who failed is named', async () => {
  const failed = [{ peer: 'dvc', reason: 'Round 2: a.bin differs from the source.' }];
  const page = await writeResults(folder, withComparison(noResults, { ...comparison, failed }));
  expect(page).toContain('Failed: dvc. Round 2: a.bin differs from the source.');
});

test('who took part in fewer rounds is named with them', async () => {
  const versions = [...comparison.versions, { peer: 'dvc', version: 'DVC 3.67.1' }];
  const samples = [...comparison.samples, ...samplesOf({ 'dvc sync seconds': [300] })];
  const page = await writeResults(folder, withComparison(noResults, { ...comparison, versions, samples }));
  expect(page).toContain('| DVC add + push, 300 s | 30 times faster | 15 times faster | met |');
  expect(page).toContain('s5cmd 2.3.0; DVC 3.67.1 (1 of 3 rounds).');
});

test('each setting has its chart, and growth two; the page shows all of them', async () => {
  const results = { ...withComparison(withComparison(noResults, comparison), large), growth };
  const page = await writeResults(folder, results);
  const written = (await readdir(folder)).sort();
  expect(written).toEqual([
    'bench-growth.svg',
    'bench-large-20ms-1Gbit.svg',
    'bench-memory.svg',
    'bench.json',
    'bench.md',
    'bench.svg',
  ]);
  for (const name of written.filter((each) => each.endsWith('.svg'))) expect(page).toContain(`(${name})`);
  expect(page).toContain('over a link of 20 ms and 1 Gb/s (its process alone passes 9 Gb/s)');
  expect(page).toContain('| 100,000 | 150 MB | 11 s | 5.4 s |  |  | 4.0 ms | 300 MB |  |');
});

test('a setting measured again replaces its figures and leaves the others', async () => {
  await writeResults(folder, withComparison(withComparison(noResults, comparison), large));
  const again = withComparison(await readResults(folder), { ...comparison, rounds: 5 });
  expect(again.comparisons.map(({ setting, rounds }) => [setting, rounds])).toEqual([
    ['small', 5],
    ['large 20ms,1Gbit', 3],
  ]);
  await writeResults(folder, again);
  expect(await readResults(folder)).toEqual(again);
  expect(JSON.parse(await readFile(join(folder, 'bench.json'), 'utf8'))).toMatchObject({ format: 1 });
});
