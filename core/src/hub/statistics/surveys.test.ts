import { expect, test, vi } from 'vitest';
import { ForebayError } from '../../api/errors.ts';
import { keyOf, randomName } from '../../dataset/names.ts';
import { surveyVersion } from '../../dataset/statistics/survey.ts';
import { changedLake, temporaryFolder, temporaryLake, writeManifest } from '../../dataset/testing/lake.ts';
import type { Lake } from '../../lake/lake.ts';
import type { HubContext } from '../context.ts';
import type { FoundVersion } from '../lake/catalog.ts';
import { Surveys } from './surveys.ts';

/** A version of one picture, and how often its manifest was read. */
async function begin(change: (lake: Lake) => Partial<Lake> = () => ({})) {
  const lake = await temporaryLake();
  const picture = { kind: 'file' as const, path: 'a.png', size: 4, executable: false, mtime: 0 };
  const pack = randomName();
  const part = { pack, offset: 0, length: 4, size: 4, codec: 'raw' as const };
  const { name } = await writeManifest(lake, 'd', [{ ...picture, sha256: '0'.repeat(64), parts: [part] }]);
  await lake.put(keyOf.pack('d', pack), Buffer.from('none'));
  const read = { manifests: 0 };
  const hub = {
    home: await temporaryFolder(),
    runTask: async (
      task: Parameters<typeof surveyVersion>[0],
      control: Parameters<typeof surveyVersion>[1],
    ) => {
      read.manifests++;
      return surveyVersion({ ...task, lake }, control);
    },
    log: () => undefined,
  };
  const opened = { lake: changedLake(lake, change(lake)), location: { url: lake.url }, id: 'l' };
  const version = { digest: `sha256:${name}`, root: name, files: 1 };
  const found = { opened, dataset: { id: 'd' }, version } as unknown as FoundVersion;
  const surveys = () => new Surveys(hub as unknown as HubContext);
  return { surveys, found, read };
}

test('a sample that cannot be read leaves the paths for searches, and is tried again', async () => {
  let away = true;
  const { surveys, found, read } = await begin((lake) => ({
    get: (...request) =>
      away ? Promise.reject(new ForebayError('lake-unreachable', 'It is away.')) : lake.get(...request),
  }));
  const both = surveys();
  await expect(both.statistics(found, 5000)).rejects.toMatchObject({ code: 'lake-unreachable' });
  expect(await both.index(found, 5000)).toMatchObject({ count: 1 });
  away = false;
  expect(await both.statistics(found, 5000)).toMatchObject({ complete: true, sample: { images: { of: 1 } } });
  expect(read.manifests).toBe(1);
});

test('a search on a version whose statistics are kept reads its manifest, and no sample again', async () => {
  let asked = 0;
  const { surveys, found, read } = await begin((lake) => ({
    get: (...request) => {
      asked++;
      return lake.get(...request);
    },
  }));
  expect(await surveys().statistics(found, 5000)).toMatchObject({ complete: true });
  const later = surveys();
  await later.index(found, 5000);
  expect(await later.statistics(found, 5000)).toMatchObject({ complete: true });
  expect([read.manifests, asked]).toEqual([2, 1]);
});

test('paths that were read stay five minutes, however soon after the question they came', async () => {
  const { surveys, found, read } = await begin();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const all = surveys();
    expect(await all.index(found, 5000)).toMatchObject({ count: 1 });
    await vi.advanceTimersByTimeAsync(299_000);
    await all.index(found, 5000);
    expect(read.manifests).toBe(1);
    await vi.advanceTimersByTimeAsync(301_000);
    await all.index(found, 5000);
    expect(read.manifests).toBe(2);
  } finally {
    vi.useRealTimers();
  }
});
