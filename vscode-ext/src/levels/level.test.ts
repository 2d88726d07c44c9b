import type { Job, Placement } from '@forebay/core/api/schemas';
import { describe, expect, test } from 'vitest';
import { glyphs } from '../../icons/glyphs.mts';
import manifest from '../../package.json' with { type: 'json' };
import { levelContext, levelIcon, levelOf, levelWords, percentOf } from './level.ts';

const placement = (part: Partial<Placement>): Placement => ({
  id: 'p1',
  dataset: 'digits',
  version: 2,
  digest: 'sha256:00',
  cache: 'local',
  site: 'local',
  state: 'ready',
  files: 4,
  bytes: 400,
  path: '/cache/digits',
  lastUsed: '2026-11-23T12:00:00Z',
  expires: null,
  pinned: false,
  leases: 0,
  job: null,
  problem: null,
  ...part,
});

const filling = (bytes: number): Map<string, Job> =>
  new Map([
    [
      'j1',
      {
        id: 'j1',
        kind: 'fill',
        state: 'running',
        title: 'Filling digits@v2',
        dataset: 'digits',
        version: 2,
        cache: 'local',
        progress: {
          phase: 'filling',
          files: 1,
          filesTotal: 4,
          bytes,
          bytesTotal: 400,
          bytesPerSecond: null,
          secondsLeft: null,
        },
        result: null,
        problem: null,
        created: '2026-11-23T12:00:00Z',
        ended: null,
      },
    ],
  ]);

describe("a version's level", () => {
  test('is in the lake only while no cache has it', () => {
    expect(levelWords(levelOf([], new Map()))).toBe('not cached');
  });

  test('is ready as soon as one cache has it whole, whatever the others do', () => {
    const level = levelOf([placement({ state: 'failed' }), placement({ cache: 'gpu-hall' })], new Map());
    expect(levelWords(level)).toBe('cached on gpu-hall');
    expect(levelIcon(level)).toBe('forebay-level-full');
  });

  test('rises with its job, and is not full before it is ready', () => {
    const at = (bytes: number) => levelOf([placement({ state: 'filling', job: 'j1' })], filling(bytes));
    expect(levelWords(at(248))).toBe('filling 62%');
    expect([0, 120, 200, 300, 400].map((bytes) => levelIcon(at(bytes)))).toEqual(
      [10, 30, 50, 70, 90].map((percent) => `forebay-level-${percent}`),
    );
  });

  test('has no percent before its total is known', () => {
    const level = levelOf([placement({ state: 'filling', job: 'unknown' })], new Map());
    expect(levelWords(level)).toBe('filling');
  });

  test('tells menus when it is in use', () => {
    expect(levelContext(levelOf([placement({ leases: 1 })], new Map()))).toBe('readyInUse');
  });
});

test('99.9% is not yet 100%', () => {
  const progress = filling(399).get('j1')?.progress;
  expect(progress && percentOf(progress)).toBe(99);
});

test('the manifest names exactly the glyphs of the font', () => {
  const named = Object.entries(manifest.contributes.icons).map(([id, icon]) => [
    id,
    Number.parseInt(icon.default.fontCharacter.slice(1), 16),
  ]);
  expect(named).toEqual(Object.entries(glyphs).map(([id, [codePoint]]) => [id, codePoint]));
});
