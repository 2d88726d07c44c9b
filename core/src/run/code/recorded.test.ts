import { expect, test } from 'vitest';
import { whyNotWhole } from './recorded.ts';

const run = (tags: Record<string, string>, status: 'RUNNING' | 'FINISHED' = 'FINISHED') => ({
  ...{ name: 'night', status, tags: Object.entries(tags).map(([key, value]) => ({ key, value })) },
});
const commit = { 'mlflow.source.git.commit': 'a'.repeat(40) };

test('code is compared only where all of it is known', () => {
  expect(whyNotWhole(run(commit), true)).toBeNull();
  expect(whyNotWhole(run({ ...commit, 'forebay.code.leftOut': 'data/big.bin' }), true)).toBeNull();
  expect(whyNotWhole(run({}), true)).toMatch(/outside of git/);
  expect(whyNotWhole(run({ 'mlflow.source.git.commit': 'main' }), false)).toMatch(/outside of git/);
  expect(whyNotWhole(run({ ...commit, 'forebay.code.leftOut': 'the diff\nx' }), true)).toMatch(/too large/);
});

test('a run of ours keeps its code at its end; what another client logged has it from the start', () => {
  expect(whyNotWhole(run(commit, 'RUNNING'), true)).toMatch(/once it has ended/);
  expect(whyNotWhole(run(commit, 'RUNNING'), false)).toBeNull();
});
