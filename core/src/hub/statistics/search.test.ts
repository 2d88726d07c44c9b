import { expect, test } from 'vitest';
import { comparePaths } from '../../dataset/entry.ts';
import { surveyVersion } from '../../dataset/statistics/survey.ts';
import { control, temporaryLake, writeManifest } from '../../dataset/testing/lake.ts';
import type { HubContext } from '../context.ts';
import type { SurveyTask } from '../jobs/task.ts';
import type { FoundVersion } from '../lake/catalog.ts';
import { searchVersion, type VersionSearch } from './search.ts';

/** A version of whose paths an index of `most` is kept. */
async function begin(paths: string[], most: number) {
  const lake = await temporaryLake();
  const entries = paths.sort(comparePaths).map((path, size) => ({
    ...{ kind: 'file' as const, path, size, executable: false, mtime: 0 },
    ...{ sha256: '0'.repeat(64), parts: [] },
  }));
  const { name: root } = await writeManifest(lake, 'd', entries);
  const hub = {
    async runTask(task: SurveyTask) {
      const survey = await surveyVersion({ ...task, lake }, control());
      return { ...survey, index: (survey.index?.count ?? 0) > most ? null : survey.index };
    },
  } as unknown as HubContext;
  const version = { digest: 'sha256:d', root, files: paths.length };
  const opened = { lake, location: { url: lake.url }, id: 'l' };
  const found = { opened, dataset: { id: 'd' }, version } as unknown as FoundVersion;
  return async (search: string, more: Partial<VersionSearch> = {}) => {
    for (;;) {
      const request = { folder: '', search, sort: 'name' as const, limit: 10, ...more };
      const page = await searchVersion(hub, found, request);
      if (page.complete) return { ...page, items: page.items.map(({ path }) => path) };
    }
  };
}

const paths = Array.from({ length: 100 }, (_, nth) => `images/Cat ${String(nth).padStart(2, '0')}.png`);

test.each([1000, 100])('an index of %d paths or none, a search finds the same', async (most) => {
  const search = await begin([...paths, 'cat', 'images/dog.png'], most);
  expect(await search('9 CAT')).toMatchObject({
    total: 19,
    items: expect.arrayContaining(['images/Cat 09.png']),
  });
  expect(await search('png 9', { offset: 10 })).toMatchObject({ total: 19, items: paths.slice(91, 100) });
  expect((await search('9', { sort: '-size', limit: 2 })).items).toEqual([
    'images/Cat 99.png',
    'images/Cat 98.png',
  ]);
  expect(await search('images', { folder: 'images' })).toMatchObject({ total: 0 });
  expect(await search('cat', { folder: 'images/', limit: 1 })).toMatchObject({ total: 100 });
});

test('a search that finds too much says so', async () => {
  const search = await begin([...paths], 50);
  await expect(search('cat')).rejects.toMatchObject({ code: 'bad-request', message: /too many paths/ });
  expect(await search('cat 7')).toMatchObject({ total: 19 });
});
