import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lake } from '../../lake/lake.ts';
import { findDataset } from '../catalog.ts';
import { collectGarbage } from '../collect/collect.ts';
import { kindOf } from '../collect/objects.ts';
import { readHistory, removeVersion } from '../history.ts';
import { findEntry } from '../manifest/read.ts';
import { readRoot } from '../manifest/root.ts';
import { keyOf } from '../names.ts';
import { repackDataset } from '../repack/repack.ts';
import { repairDataset } from '../repair/repair.ts';
import type { Folder } from '../repair/sources.ts';
import { openRepository } from '../repository.ts';
import { syncFolder } from '../sync.ts';
import { verifyVersion } from '../verify/verify.ts';
import { initWorkingCopy } from '../workingCopy/init.ts';
import { agedLake, day } from './agedLake.ts';
import { changedLake, collect, control } from './lake.ts';

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
    repair: (options: { version?: number; folders?: Folder[] } = {}) =>
      repairDataset({ lake, dataset, version: null, folders: [], author, ...options }, control()),
    /** Overwrites bytes of a file's content in the lake; 'cut' cuts its pack there, 'gone' removes it. */
    async damage(number: number, path: string, how: 'flipped' | 'cut' | 'gone' = 'flipped'): Promise<string> {
      const { root } = (await this.versions()).find(({ version }) => version === number) ?? {};
      const entry = await findEntry(lake, dataset.id, root ?? '', path);
      const part = entry?.kind === 'file' ? entry.parts.at(-1) : undefined;
      if (!part || !('pack' in part)) throw new Error(`${path} lies in no pack.`);
      const key = keyOf.pack(dataset.id, part.pack);
      const bytes = Buffer.from((await lake.get(key)) ?? []);
      bytes[part.offset] = (bytes[part.offset] ?? 0) ^ 1;
      if (how === 'gone') await store.delete(key);
      else await store.put(key, how === 'cut' ? bytes.subarray(0, part.offset) : bytes);
      return part.pack;
    },
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
        // Another program: what this one read once counts for nothing.
        const fresh = changedLake(lake, {});
        const { ok, problems } = await verifyVersion(
          { lake: fresh, datasetId: dataset.id, version },
          control(),
        );
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
