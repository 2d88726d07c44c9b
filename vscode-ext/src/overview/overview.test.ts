import { describe, expect, test } from 'vitest';
import { levelOf } from '../levels/level.ts';
import { cache, dataset, now, placement, run } from '../testing/examples.ts';
import { type Known, overviewOf, welcomeOf } from './overview.ts';

const nothing: Known = {
  lake: { id: 'l', url: '/home/ana/lake', settled: false, temporary: false },
  caches: [],
  newest: undefined,
  level: { kind: 'lake' },
  cached: false,
  mounted: false,
  run: undefined,
  recorded: false,
  trusted: true,
};
const made: Known = { ...nothing, newest: dataset(), caches: [cache()] };
const ready: Known = { ...made, cached: true, level: levelOf([placement()], new Map()) };

const next = (known: Known) =>
  overviewOf(known, now)
    .filter(([part]) => part === 'next')
    .map(([, { label, command }]) => [label, command])[0];
const rows = (known: Known) =>
  overviewOf(known, now).map(([, { label, description }]) => [label, description]);

describe('the next step', () => {
  test('leads from nothing to a recorded run, and then there is none', () => {
    expect([
      next({ ...nothing, lake: null }),
      next(nothing),
      next(made),
      next(ready),
      next({ ...ready, mounted: true }),
      next({ ...ready, mounted: true, run: run(), recorded: true }),
      next({ ...ready, mounted: true, recorded: true }),
    ]).toEqual([
      ['Choose a lake', 'forebay.app.setUp'],
      ['Sync a folder', 'forebay.dataset.sync'],
      ['Cache a version', 'forebay.version.cache'],
      ['Insert mount code', 'forebay.notebook.insertMountCode'],
      ['Train with a record', 'forebay.experiment.start'],
      undefined,
      undefined,
    ]);
  });

  test('is not what is under way already', () => {
    const level = levelOf([placement({ state: 'filling' })], new Map());
    expect(next({ ...made, level })).toBeUndefined();
  });

  test('is never one that Restricted Mode forbids', () => {
    expect(next({ ...nothing, trusted: false })).toEqual(['Trust this workspace', 'workbench.trust.manage']);
    expect(next({ ...ready, mounted: true, trusted: false })).toBeUndefined();
  });
});

describe('the overview', () => {
  test('answers where versions are, what room there is, and what is newest', () => {
    expect(rows(ready)).toEqual([
      ['Lake', '/home/ana/lake'],
      ['Cache', '1.6 TB used · 400 GB free'],
      ['chest-xray@v3', 'cached on gpu-hall · 38.2 GB · 2 h ago · ana'],
      ['Insert mount code', 'next step'],
    ]);
    expect(rows({ ...ready, run: run() }).at(-2)).toEqual([
      'keen-creek-417',
      'accuracy 0.9812 · loss NaN · 1 h ago',
    ]);
  });

  test('sums caches, and says which are out of reach and what may be lost', () => {
    const lake = { id: 'l', url: '/tmp/lake', settled: true, temporary: true };
    expect(rows({ ...made, lake, caches: [cache(), cache({ reachable: false })] }).slice(0, 2)).toEqual([
      ['Lake', '/tmp/lake · temporary'],
      ['2 caches', '3.2 TB used · 800 GB free · 1 unreachable'],
    ]);
  });

  test('welcomes only who has nothing yet', () => {
    expect(welcomeOf(nothing)).toContain('versions that never change');
    expect(welcomeOf(made)).toBe('');
  });
});
