import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TrackingError } from '../error.ts';
import { parseFilter, parseOrder } from './parse.ts';

test.each([
  ['metrics.loss < 0.1', [{ entity: 'metric', key: 'loss', operator: '<', value: 0.1 }]],
  ['metric.`val loss`>=-1e-3', [{ entity: 'metric', key: 'val loss', operator: '>=', value: -0.001 }]],
  [
    "params.model = 'cnn' and tag.\"a.b/c\" ILIKE '%x%'",
    [
      { entity: 'param', key: 'model', operator: '=', value: 'cnn' },
      { entity: 'tag', key: 'a.b/c', operator: 'ILIKE', value: '%x%' },
    ],
  ],
  ['params.lr.decay != "0.1"', [{ entity: 'param', key: 'lr.decay', operator: '!=', value: '0.1' }]],
  [
    "run_id NOT IN ('a', 'b')",
    [{ entity: 'attribute', key: 'run_id', operator: 'NOT IN', value: ['a', 'b'] }],
  ],
  ['`run name` = "x"', [{ entity: 'attribute', key: 'run name', operator: '=', value: 'x' }]],
  ['tags.gone IS NULL', [{ entity: 'tag', key: 'gone', operator: 'IS NULL' }]],
  ['tags.there is not null', [{ entity: 'tag', key: 'there', operator: 'IS NOT NULL' }]],
  ['', []],
])('%s', (text, clauses) => {
  expect(parseFilter(text)).toEqual(clauses);
});

test.each([
  'metrics.a',
  "params.a = 'x' OR params.b = 'y'",
  'a = ',
  "= 'x'",
  'run_id IN (1)',
  "params.a 'x'",
])('%s is refused', (text) => {
  expect(() => parseFilter(text)).toThrow(TrackingError);
});

test('whatever is written is understood or refused in a sentence, never an accident', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseFilter(text);
      } catch (error) {
        expect(error).toBeInstanceOf(TrackingError);
      }
    }),
  );
});

test('an order names what it orders by and its direction', () => {
  expect(parseOrder('metrics.`val loss` DESC')).toEqual({
    entity: 'metric',
    key: 'val loss',
    descending: true,
  });
  expect(parseOrder('start_time')).toEqual({ entity: 'attribute', key: 'start_time', descending: false });
  expect(() => parseOrder('metrics.a SIDEWAYS')).toThrow(TrackingError);
});
