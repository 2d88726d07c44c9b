import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleMetrics, exampleRun } from '../testing.ts';
import { dimensionsOf, placed, roundTicks } from './dimensions.ts';

const runs = [
  exampleRun('a', { params: { lr: '0.001', model: 'svm', same: '1' }, metrics: exampleMetrics({ loss: 2 }) }),
  exampleRun('b', {
    params: { lr: '1', model: 'cnn', same: '1' },
    metrics: exampleMetrics({ loss: Number.NaN }),
  }),
];

test('what is the same in all runs tells nothing and is left out', () => {
  expect(dimensionsOf(runs).map(({ id }) => id)).toEqual(['param:lr', 'param:model', 'metric:loss']);
});

test('words stand in their order; no number stands nowhere', () => {
  const [, model, loss] = dimensionsOf(runs);
  expect([model?.words, model?.values]).toEqual([
    ['cnn', 'svm'],
    [1, 0],
  ]);
  expect(loss?.values).toEqual([2, null]);
});

test('what spans a hundredfold is placed by its logarithm', () => {
  const [lr] = dimensionsOf([...runs, exampleRun('c', { params: { lr: '0.1' } })]);
  expect(placed(lr as never).at.map((each) => each?.toFixed(2))).toEqual(['0.00', '1.00', '0.67']);
});

test('few values that were chosen are written themselves, unless they stand too close; others by round numbers', () => {
  const ticks = (kind: 'param' | 'metric', values: number[]) =>
    placed({ id: '', title: '', kind, words: [], values }).ticks.map(({ value }) => value);
  expect(ticks('param', [64, 16, 64])).toEqual([16, 64]);
  expect(ticks('param', [64, 16, 17])).toEqual([20, 40, 60]);
  expect(ticks('metric', [64, 16])).toEqual([20, 40, 60]);
});

test('every value has a place between 0 and 1, in its order', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(fc.array(number, { minLength: 1 }), (values) => {
      const { at } = placed({ id: '', title: '', kind: 'metric', words: [], values });
      for (const [index, place] of at.entries()) {
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place).toBeLessThanOrEqual(1);
        for (const [other, value] of values.entries()) {
          if (value < (values[index] as number))
            expect(at[other] as number).toBeLessThanOrEqual(place as number);
        }
      }
    }),
  );
});

test('an axis has round numbers, within what it shows', () => {
  expect(roundTicks(0.90646, 0.98586)).toEqual([0.92, 0.94, 0.96, 0.98]);
  expect(roundTicks(32, 64)).toEqual([40, 50, 60]);
  expect(roundTicks(-5e-324, 5e-324)).toEqual([-5e-324, 5e-324]);
  expect(roundTicks(1, 1 + 1e-15)).toEqual([1, 1 + 1e-15]);
  expect(roundTicks(-1.5e308, 1.5e308)).toEqual([-1e308, 0, 1e308]);
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(number, fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (low, span) => {
      const ticks = roundTicks(low, low + span);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(5);
    }),
  );
});
