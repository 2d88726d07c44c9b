import { describe, expect, test } from 'vitest';
import { glyphs } from '../../icons/glyphs.mts';
import manifest from '../../package.json' with { type: 'json' };
import { job, placement } from '../testing/examples.ts';
import { levelContext, levelIcon, levelOf, levelWords, percentOf } from './level.ts';

const filling = (bytes: number) => new Map([['j1', job({}, { bytes, bytesTotal: 400 })]]);

describe("a version's level", () => {
  test('is in the lake only while no cache has it', () => {
    expect(levelWords(levelOf([], new Map()))).toBe('not cached');
  });

  test('is ready as soon as one cache has it whole, whatever the others do', () => {
    const level = levelOf([placement({ state: 'failed' }), placement()], new Map());
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

  test('says that only a part is there, and shows the whole where any cache has to do with it', () => {
    const selection = { include: ['images/**'], exclude: [] };
    const part = levelOf([placement({ selection })], new Map());
    expect([levelWords(part), levelIcon(part), levelContext(part)]).toEqual([
      'a part cached on gpu-hall',
      'forebay-level-part',
      'part',
    ]);
    const whole = placement({ state: 'queued' });
    expect(levelOf([placement({ selection }), whole], new Map()).kind).toBe('queued');
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
