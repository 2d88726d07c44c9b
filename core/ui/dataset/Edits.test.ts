import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Edits } from './Edits.ts';

test('two quick edits are both kept; one that could not be kept changes nothing', async () => {
  let stored = ['a', 'b', 'c'];
  let works = true;
  const edits = new Edits(stored, async (labels) => {
    await delay(5);
    if (works) stored = labels;
    return works;
  });
  const without = (label: string) => (labels: string[]) => labels.filter((each) => each !== label);
  expect(await Promise.all([edits.apply(without('a')), edits.apply(without('b'))])).toEqual([true, true]);
  expect(stored).toEqual(['c']);
  works = false;
  expect(await edits.apply(without('c'))).toBe(false);
  works = true;
  await edits.apply((labels) => [...labels, 'd']);
  expect(stored).toEqual(['c', 'd']);
});
