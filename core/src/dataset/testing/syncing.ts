import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lake } from '../../lake/lake.ts';
import { findDataset } from '../catalog.ts';
import { readContent } from '../content.ts';
import { pickVersion, readHistory } from '../history.ts';
import { openRepository } from '../repository.ts';
import { initWorkingCopy, syncFolder } from '../sync.ts';
import { collect, control, entriesOf, temporaryFolder, temporaryLake } from './lake.ts';

/** For tests of syncing: an empty lake, and a folder that is a working copy of its dataset `x`. */
export async function beginSyncing() {
  const lake = await temporaryLake();
  const lakeId = (await openRepository(lake, { create: true })).id;
  const workingCopy = async (): Promise<string> => {
    const made = await temporaryFolder();
    await initWorkingCopy({ lake, lakeId, folder: made, name: 'x', author: 'ann' });
    return made;
  };
  const folder = await workingCopy();
  const datasetOf = async () => {
    const { id } = await findDataset(lake, 'x');
    return { id, history: await readHistory(lake, id) };
  };
  return {
    lake,
    lakeId,
    folder,
    workingCopy,
    datasetOf,
    sync: (options: { lake?: Lake; [option: string]: unknown } = {}, watch = control()) =>
      syncFolder({ lake, lakeId, folder, message: 'm', author: 'ann', replace: false, ...options }, watch),
    write: (path: string, content: string | Uint8Array, at = folder) => writeFile(join(at, path), content),
    objects: async () => (await collect(lake.list('datasets/'))).map(({ key }) => key),
    /** Path -> content, target, or 'folder', as the version has it. */
    async contents(number: number): Promise<Record<string, string>> {
      const { id, history } = await datasetOf();
      const { root } = pickVersion(history, 'x', { kind: 'number', number });
      const found: Record<string, string> = {};
      for (const entry of await entriesOf(lake, id, root)) {
        if (entry.kind === 'file') {
          const bytes = await readContent(lake, id, entry);
          found[entry.path] = `${entry.executable ? '* ' : ''}${Buffer.from(bytes)}`;
        } else found[entry.path] = entry.kind === 'link' ? `-> ${entry.target}` : 'folder';
      }
      return found;
    },
  };
}

export type Syncing = Awaited<ReturnType<typeof beginSyncing>>;
