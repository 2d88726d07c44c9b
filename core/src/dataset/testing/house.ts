import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lake } from '../../lake/lake.ts';
import { findDataset } from '../catalog.ts';
import { collectGarbage } from '../collect/collect.ts';
import { kindOf } from '../collect/objects.ts';
import { readHistory, removeVersion } from '../history.ts';
import { initWorkingCopy } from '../init.ts';
import { readRoot } from '../manifest/root.ts';
import { repackDataset } from '../repack/repack.ts';
import { openRepository } from '../repository.ts';
import { syncFolder } from '../sync.ts';
import { verifyVersion } from '../verify.ts';
import { agedLake, day } from './agedLake.ts';
import { collect, control } from './lake.ts';

/** For tests of keeping house: a lake with one dataset `t`, a clock to move on, and what must always hold. */
export async function openHouse(store: Lake) {
  const { lake, pass } = agedLake(store);
  const { id: lakeId } = await openRepository(lake, { create: true });
  const top = mkdtempSync(join(tmpdir(), 'forebay-house-'));
  const author = 'ann';
  const dataset = { id: '', name: 't' };
  return {
    lake,
    lakeId,
    top,
    dataset,
    pass,
    remove: () => rmSync(top, { recursive: true, force: true }),
    async begin(name: string): Promise<string> {
      const folder = mkdtempSync(join(top, name));
      await initWorkingCopy({ lake, lakeId, folder, name: 't', author });
      dataset.id = (await findDataset(lake, 't')).id;
      return folder;
    },
    sync: (folder: string, options: { lake?: Lake; replace?: boolean; damaged?: string[] } = {}) =>
      syncFolder({ lake, lakeId, folder, message: '', author, replace: true, ...options }, control()),
    rm: (version: number) => removeVersion(lake, dataset, version, author),
    gc: (options: { lake?: Lake; dryRun?: boolean; olderThan?: number; deleted?: boolean } = {}) =>
      collectGarbage(
        { lake, dataset, deleted: false, author, dryRun: false, olderThan: day, ...options },
        control(),
      ),
    repack: (options: { lake?: Lake; dryRun?: boolean } = {}) =>
      repackDataset({ lake, dataset, author, dryRun: false, ...options }, control()),
    versions: async () => (await readHistory(lake, dataset.id)).versions,
    async objects(): Promise<string[]> {
      const prefix = `datasets/${dataset.id}/`;
      const keys = (await collect(store.list(prefix))).map(({ key }) => key.slice(prefix.length));
      return keys.filter((key) => kindOf(key) !== undefined);
    },
    /** Reads every byte of every listed version. */
    async verifyAll(): Promise<Map<number, string>> {
      return this.verifySome((await this.versions()).map(({ version }) => version));
    },
    async verifySome(numbers: number[]): Promise<Map<number, string>> {
      const digests = new Map<number, string>();
      const versions = await this.versions();
      for (const number of numbers) {
        const version = versions.find((each) => each.version === number);
        if (!version) throw new Error(`There is no v${number}.`);
        const { ok, problems } = await verifyVersion({ lake, datasetId: dataset.id, version }, control());
        if (!ok) throw new Error(`v${version.version}: ${JSON.stringify(problems)}`);
        const { digest } = await readRoot(lake, dataset.id, version.root);
        if (digest !== version.digest) throw new Error(`v${version.version} has another digest now.`);
        digests.set(version.version, digest);
      }
      return digests;
    },
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;
