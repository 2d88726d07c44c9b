import { expect, test } from 'vitest';
import { announce } from './announce.ts';
import { aJob, aProgress } from './examples.ts';

const at = (percent: number) => [aJob('x', { progress: aProgress({ bytes: percent, bytesTotal: 100 }) })];

test('progress is said when a job begins and at every further 10%, once', () => {
  let said: ReadonlyMap<string, number> = new Map();
  const heard = [0, 4, 11, 19, 12, 35, 35, 100].map((percent) => {
    const next = announce(at(percent), said);
    said = next.said;
    return next.text;
  });
  expect(heard).toEqual([
    'Filling x, 0%',
    '',
    'Filling x, 10%',
    '',
    '',
    'Filling x, 30%',
    '',
    'Filling x, 100%',
  ]);
});
