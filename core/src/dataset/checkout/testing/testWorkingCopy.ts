import { chmodSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Selection } from '../../../api/schemas.ts';
import { findDataset } from '../../catalog.ts';
import { readHistory } from '../../history.ts';
import { openRepository } from '../../repository.ts';
import { syncFolder } from '../../sync.ts';
import { initWorkingCopy } from '../../workingCopy/init.ts';
import { cloneVersion } from '../clone.ts';
import { type PullRequest, pullVersions } from '../pull.ts';
import { makeTestLake, type TestTree, testControl } from './testVersion.ts';

/** For tests: a real lake with one dataset and working copies of it, through the real sync. */
export async function makeTestDataset() {
  const world = await makeTestLake();
  const { lake } = world;
  const { id: lakeId } = await openRepository(lake, { create: true });
  const author = 'ada';
  let dataset = { id: '', name: 't' };
  return {
    ...world,
    lakeId,
    dataset: () => dataset,
    async begin(name: string, tree: TestTree): Promise<string> {
      const folder = join(world.folder, name);
      mkdirSync(folder);
      writeTestTree(folder, tree);
      await initWorkingCopy({ lake, lakeId, folder, name: 't', author });
      dataset = await findDataset(lake, 't');
      return folder;
    },
    sync: (folder: string, replace = false) =>
      syncFolder({ lake, lakeId, folder, message: '', author, replace }, testControl()),
    async clone(
      name: string,
      version?: number,
      control = testControl(),
      selection: Selection | null = null,
    ): Promise<string> {
      const folder = join(world.folder, name);
      const { versions } = await readHistory(lake, dataset.id);
      const wanted = versions.find((each) => each.version === version) ?? versions.at(-1);
      if (!wanted) throw new Error('no version yet');
      await cloneVersion(
        { lake, lakeId, datasetId: dataset.id, name: 't', version: wanted, folder, selection },
        control,
      );
      return folder;
    },
    pull: (folder: string, options: Partial<PullRequest> = {}) =>
      pullVersions({ lake, lakeId, folder, ...options }, testControl()),
  };
}

/** Makes or changes what the tree names, in a folder. */
export function writeTestTree(folder: string, tree: TestTree): void {
  for (const [path, node] of Object.entries(tree)) {
    const at = join(folder, path);
    if (node === 'folder') {
      mkdirSync(at, { recursive: true });
      continue;
    }
    mkdirSync(dirname(at), { recursive: true });
    rmSync(at, { force: true });
    if ('target' in node) symlinkSync(node.target, at);
    else {
      writeFileSync(at, node.content);
      chmodSync(at, node.executable ? 0o755 : 0o644);
      if (node.mtime !== undefined) utimesSync(at, new Date(node.mtime), new Date(node.mtime));
    }
  }
}
