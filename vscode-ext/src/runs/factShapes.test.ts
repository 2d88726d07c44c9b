import { expect, test } from 'vitest';
import { run } from '../testing/examples.ts';
import { grownRows } from '../tree/grownRows.ts';
import { factShapes } from './factShapes.ts';

const [a, b] = [run({ id: 'a' }), run({ id: 'b' })];

test('a value that is logged again changes no rows but its own', () => {
  const metrics = { accuracy: { value: 0.99, text: '0.99', step: 9, time: a.started } };
  const measured = factShapes([run({ id: 'a', metrics })]);
  const again = { accuracy: { ...metrics.accuracy, text: '0.995', step: 10 } };
  expect(grownRows(measured, factShapes([run({ id: 'a', metrics: again })]))).toEqual([]);
});

test('a new metric or parameter is drawn with its run', () => {
  const grown = factShapes([a, run({ id: 'b', params: { ...b.params, lr: '0.1' } })]);
  expect(grownRows(factShapes([a, b]), grown)).toEqual(['b']);
});
