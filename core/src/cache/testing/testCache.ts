import { join } from 'node:path';
import {
  makeTestLake,
  makeVersion,
  type TestTree,
  type TestVersion,
  testControl,
} from '../../dataset/checkout/testing/testVersion.ts';
import { randomName } from '../../dataset/names.ts';
import type { Control } from '../../dataset/progress.ts';
import { CacheDirectory } from '../directory.ts';
import { fillVersion } from '../fill/fill.ts';
import type { FilledVersion, FillRequest } from '../fill/fillRequest.ts';

/** For tests: a directory lake and a cache beside it. */
export async function makeTestCache(path?: string) {
  const world = await makeTestLake();
  const cache = await CacheDirectory.claim(path ?? join(world.folder, 'cache'), 'hub-one', { create: true });
  const dataset = { id: world.datasetId, name: 'digits' };
  return {
    ...world,
    cache,
    dataset,
    make: (tree: TestTree, options: { version?: number; before?: TestVersion; packBytes?: number } = {}) =>
      makeVersion(world.lake, world.datasetId, tree, options),
    fill: (
      version: TestVersion,
      more: Partial<FillRequest> = {},
      control: Control = testControl(),
    ): Promise<FilledVersion> =>
      fillVersion({ cache, lake: world.lake, dataset, version, fillId: randomName(), ...more }, control),
  };
}

export type TestCache = Awaited<ReturnType<typeof makeTestCache>>;
