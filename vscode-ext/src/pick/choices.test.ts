import { aDataset, aPlacement, aVersion, now } from '@forebay/core/api/testing';
import { expect, test } from 'vitest';
import { levelOf } from '../levels/level.ts';
import { datasetChoices, placementChoices, tagChoices, versionChoices } from './choices.ts';

const cached = aPlacement('scans', 2, 'ready');
const levels = (_: string, version: number) => levelOf(version === 2 ? [cached] : [], new Map());

test('datasets say how large they are and where they are cached', () => {
  const datasets = [aDataset('scans', 2, 'NIH chest X-rays'), aDataset('empty', 0)];
  expect(datasetChoices(datasets, levels).map(({ value: _, ...said }) => said)).toEqual([
    {
      label: '$(forebay-level-full) scans',
      description: 'v2 · 38.2 GB · cached on gpu-hall',
      detail: 'NIH chest X-rays',
    },
  ]);
  expect(datasetChoices(datasets, levels, true).at(-1)).toMatchObject({ description: 'no version yet' });
});

test('versions say their size, level, tags, age and author', () => {
  const versions = [aVersion('scans', 2, { tags: ['raw'], message: 'resized' }), aVersion('scans', 1)];
  expect(versionChoices(versions, 2, levels, now).map(({ value: _, ...said }) => said)).toEqual([
    {
      label: '$(forebay-level-full) v2',
      description: '38.2 GB · cached on gpu-hall · latest, raw · 2 h · ana',
      detail: 'resized',
    },
    { label: '$(forebay-level-empty) v1', description: '38.2 GB · not cached · 2 h · ana' },
  ]);
});

test('what is cached says its cache, its pin and its users; a part what is in it', () => {
  const placements = [
    aPlacement('scans', 2, 'ready', { pinned: true }),
    aPlacement('scans', 1, 'ready', { leases: 2, selection: { include: ['images/**'], exclude: [] } }),
  ];
  expect(placementChoices(placements).map(({ label, description }) => [label, description])).toEqual([
    ['$(forebay-level-pinned) scans@v2', '1.0 kB · on gpu-hall · pinned'],
    ['$(forebay-level-part) scans@v1 (part: images/**)', '1.0 kB · on gpu-hall · in use by 2'],
  ]);
});

test('tags say their version', () => {
  const tagged = [aVersion('scans', 2, { tags: ['raw', 'kept'] }), aVersion('scans', 1)];
  expect(tagChoices(tagged).map(({ label, description }) => `${label} ${description}`)).toEqual([
    '$(tag) raw v2',
    '$(tag) kept v2',
  ]);
});
