import { ForebayError } from '@forebay/core/api/errors';
import { expect, test } from 'vitest';
import { dataset, version } from '../testing/examples.ts';
import { readNewest } from './newest.ts';

const at = (name: string, hour: number) =>
  dataset({ name, latest: version({ dataset: name, time: `2026-11-23T${hour}:00:00Z` }) });

/** A daemon with these datasets, which counts how many it told of. */
function daemon(...datasets: ReturnType<typeof dataset>[]) {
  const told = { count: 0 };
  return {
    told,
    page: async () => {
      told.count += datasets.length;
      return { items: datasets, next: null };
    },
    get: async (wanted: string) => {
      told.count += 1;
      const found = datasets.find(({ name }) => name === wanted);
      if (!found) throw new ForebayError('dataset-unknown', wanted);
      return found;
    },
  };
}

test('the newest version is found among all, and datasets without versions have none', async () => {
  const datasets = daemon(at('a', 10), at('b', 12), dataset({ name: 'c', latest: null }));
  expect((await readNewest(datasets, undefined, [undefined]))?.name).toBe('b');
  expect(await readNewest(daemon(dataset({ latest: null })), undefined, [undefined])).toBeUndefined();
});

test('a dataset that changed is read alone', async () => {
  const datasets = daemon(at('a', 13), at('b', 12));
  expect((await readNewest(datasets, at('b', 12), ['a']))?.name).toBe('a');
  expect((await readNewest(datasets, at('a', 13), ['b']))?.name).toBe('a');
  expect(datasets.told.count).toBe(2);
});

test('where the newest went, all are looked at again', async () => {
  expect((await readNewest(daemon(at('a', 10)), at('gone', 13), ['gone']))?.name).toBe('a');
  expect((await readNewest(daemon(at('a', 12), at('b', 11)), at('b', 13), ['b']))?.name).toBe('a');
});

test('nothing is asked where nothing changed', async () => {
  const datasets = daemon(at('a', 10));
  await readNewest(datasets, at('a', 10), []);
  expect(datasets.told.count).toBe(0);
});
