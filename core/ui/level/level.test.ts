import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aJob, aPlacement, aProgress } from '../../src/api/testing.ts';
import { fractionOf, levelOf, levelSentence, levelWord, percentOf } from './level.ts';

const filling = aPlacement('x', 1, 'filling', { job: 'j', cache: 'b' });
const job = aJob('j', { progress: aProgress({ bytes: 625, bytesTotal: 1000 }) });

describe('the level of a version', () => {
  test('is empty when no cache has it', () => {
    expect(levelSentence(levelOf([], []))).toBe('In the lake only');
    expect(levelWord(levelOf([], []))).toBe('');
  });

  test('rises with the bytes of its fill', () => {
    expect(levelWord(levelOf([filling], [job]))).toBe('62%');
    expect(levelSentence(levelOf([filling], [job]))).toBe('Filling b, 62%');
  });

  test('is full as soon as one cache has it, whatever the others do', () => {
    const failed = aPlacement('x', 1, 'failed');
    const ready = aPlacement('x', 1, 'ready', { cache: 'a' });
    expect(levelWord(levelOf([failed, filling, ready], [job]))).toBe('a');
  });

  test('says that it is pinned', () => {
    expect(levelSentence(levelOf([aPlacement('x', 1, 'ready', { pinned: true })], []))).toBe(
      'Cached on gpu-hall, pinned',
    );
  });

  test('is cracked when the fill failed, and has a word for every state', () => {
    for (const state of ['queued', 'evicting', 'failed'] as const) {
      const level = levelOf([aPlacement('x', 1, state)], []);
      expect(levelWord(level)).not.toBe('');
      expect(levelSentence(level)).toContain('gpu-hall');
    }
  });
});

describe('progress', () => {
  test('goes by bytes, by files where bytes are not known, and is 0 while nothing is', () => {
    expect(fractionOf(aProgress({ files: 9, filesTotal: 10, bytes: 1, bytesTotal: 4 }))).toBe(0.25);
    expect(fractionOf(aProgress({ files: 9, filesTotal: 10 }))).toBe(0.9);
    expect(fractionOf(aProgress({ files: 9 }))).toBe(0);
    expect(fractionOf(aProgress({ bytesTotal: 0 }))).toBe(0);
  });

  test('says 100% of what is done only', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (total) => {
        const fraction = fractionOf(aProgress({ bytes: total - 1, bytesTotal: total }));
        expect(percentOf(fraction)).not.toBe('100%');
      }),
    );
    expect(percentOf(1)).toBe('100%');
  });
});
