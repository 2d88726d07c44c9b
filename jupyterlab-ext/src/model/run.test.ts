import { now, secondsAgo } from '@forebay/core/api/testing';
import { expect, test } from 'vitest';
import { aRun } from './examples.ts';
import { runSentence, runState, runWords } from './run.ts';

test('a run says how it went and when', () => {
  expect(runState(aRun({ ended: secondsAgo(7200) }), now)).toBe('2 h ago');
  expect(runState(aRun({ state: 'lost', ended: secondsAgo(7200) }), now)).toBe('lost 2 h ago');
  expect(runState(aRun({ state: 'running', ended: null, started: secondsAgo(65) }), now)).toBe(
    'running, 1 min 5 s',
  );
});

test('it names its data and what it measured itself', () => {
  expect(runWords(aRun())).toEqual(['digits@v2', 'accuracy 0.9812', 'loss NaN']);
});

test('the rest is there for hovering', () => {
  expect(runSentence(aRun())).toMatch(
    /^keen-creek-417, Default\nfinished, exit code 0\nBegan .*, by ana\npython train.py$/,
  );
});
