import { expect, test } from 'vitest';
import { balanceOf, percent, signedCount } from './balance.ts';

const amount = (files: number) => ({ files, bytes: files * 10 });

test('bars are as long as their share of the longest, on either side', () => {
  const bars = balanceOf([
    { path: 'train/cat', before: amount(50), after: amount(100) },
    { path: 'train/dog', before: amount(50), after: amount(0) },
  ]);
  expect(bars.map(({ name, more, widths, shares }) => ({ name, more, widths, shares }))).toEqual([
    { name: 'cat', more: 50, widths: { before: 0.5, after: 1 }, shares: { before: 0.5, after: 1 } },
    { name: 'dog', more: -50, widths: { before: 0.5, after: 0 }, shares: { before: 0.5, after: 0 } },
  ]);
  expect(balanceOf([{ path: 'a', before: amount(0), after: amount(0) }])[0]?.widths).toEqual({
    before: 0,
    after: 0,
  });
});

test('differences have a sign, and shares a digit where it matters', () => {
  expect([0, 1200, -3].map(signedCount)).toEqual(['', '+1,200', '−3']);
  expect([0.004, 0.098, 0.126, 1].map(percent)).toEqual(['0.4%', '9.8%', '13%', '100%']);
});
