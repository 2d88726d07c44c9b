import { expect, test } from 'vitest';
import type { Run } from '../../src/api/schemas.ts';
import { dataPairs } from './dataPairs.ts';

/** A run that read these versions; the content of a version is told by its digest, its own number unless it is named. */
const run = (name: string, ...datasets: [name: string, version: number | null, digest?: string][]) =>
  ({
    name,
    datasets: datasets.map(([of, version, digest = `${of}${version}`]) => ({
      ...{ name: of, version, digest, cache: null },
    })),
  }) as unknown as Run;
const told = (before: Run, after: Run) =>
  dataPairs(before, after).map((pair) =>
    pair.kind === 'two' ? `${pair.name} ${pair.from} → ${pair.to}` : pair.text,
  );

test('what two runs read is compared dataset by dataset', () => {
  const [a, b] = [run('a', ['x', 1], ['y', 1], ['z', 1]), run('b', ['x', 1], ['y', 3], ['w', 2])];
  expect(told(a, b)).toEqual(['Both read x@v1.', 'y 1 → 3', 'Only a read z@v1.', 'Only b read w@v2.']);
});

test('of several versions of a dataset each has its pair, and what both read is not compared with another', () => {
  const [a, b] = [run('a', ['x', 1], ['x', 3]), run('b', ['x', 4], ['x', 2], ['x', 1])];
  expect(told(a, b)).toEqual(['Both read x@v1.', 'x 3 → 2', 'Only b read x@v4.']);
  expect(new Set(dataPairs(a, b).map(({ key }) => key)).size).toBe(3);
});

test('what Forebay does not keep can only be said to differ', () => {
  expect(told(run('a', ['web', null, 'p']), run('b', ['web', null, 'q']))).toEqual([
    "web differs; it isn't kept by Forebay, so its files can't be compared.",
  ]);
});
