import { expect, test } from 'vitest';
import { whyNotWhole } from './recorded.ts';

const run = (tags: Record<string, string>) => ({
  ...{ name: 'night', tags: Object.entries(tags).map(([key, value]) => ({ key, value })) },
});
const commit = { 'mlflow.source.git.commit': 'a'.repeat(40) };

test('code is compared only where all of it is known', () => {
  expect(whyNotWhole(run(commit), false)).toBeNull();
  expect(whyNotWhole(run({ ...commit, 'forebay.code.leftOut': 'data/big.bin' }), false)).toBeNull();
  expect(whyNotWhole(run({}), false)).toMatch(/outside of git/);
  expect(whyNotWhole(run({ 'mlflow.source.git.commit': 'main' }), false)).toMatch(/outside of git/);
  expect(whyNotWhole(run({ ...commit, 'forebay.code.leftOut': 'the diff\nx' }), false)).toMatch(/too large/);
  expect(whyNotWhole(run(commit), true)).toMatch(/still being kept/);
});
