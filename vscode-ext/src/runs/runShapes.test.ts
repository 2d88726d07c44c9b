import { expect, test } from 'vitest';
import { run } from '../testing/examples.ts';
import { grownRuns, shapesOf } from './runShapes.ts';

const [a, b] = [run({ id: 'a' }), run({ id: 'b' })];
const before = shapesOf([a, b]);

test('a value that is logged again changes no rows but its own', () => {
  const metrics = { accuracy: { value: 0.99, text: '0.99', step: 9, time: a.started } };
  const measured = shapesOf([run({ id: 'a', metrics })]);
  const again = { accuracy: { ...metrics.accuracy, text: '0.995', step: 10 } };
  expect(grownRuns(measured, shapesOf([run({ id: 'a', metrics: again })]))).toEqual([]);
});

test('a new metric or parameter is drawn with its run, without the others', () => {
  expect(grownRuns(before, shapesOf([a, run({ id: 'b', params: { ...b.params, lr: '0.1' } })]))).toEqual([
    'b',
  ]);
});

test('all are drawn where a run came, went or has another place', () => {
  for (const runs of [[a], [a, b, run({ id: 'c' })], [b, a]])
    expect(grownRuns(before, shapesOf(runs))).toBeUndefined();
});
