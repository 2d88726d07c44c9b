import { expect, test } from 'vitest';
import { sparkline } from './sparkline.ts';

const chart = (...values: (number | null)[]) => ({
  points: values.length,
  buckets: values.map((last, at) => ({
    ...{ step: { from: at, to: at }, time: { from: at, to: at }, min: last, max: last, last },
    ...{ points: 1, gaps: last === null ? 1 : 0 },
  })),
});

test('a series is drawn between its least and its greatest value, with a mark where it has none', () => {
  expect(sparkline(chart(0, 1, 2, 3, 4, 5, 6, 7))).toBe('▁▂▃▄▅▆▇█');
  expect(sparkline(chart(1, null, -1))).toBe('█×▁');
  expect(sparkline(chart(2, 2, 2))).toBe('▅▅▅');
});

test('one point is no line', () => {
  expect(sparkline(chart(1))).toBe('');
});
