import { isForebayError } from '../../api/errors.ts';
import { formatRef } from '../../api/ref.ts';
import type { Lake } from '../../lake/lake.ts';
import { windowSize } from '../checkout/read/windows.ts';
import type { FileEntry } from '../entry.ts';
import type { VersionRecord } from '../history.ts';
import { readRoot } from '../manifest/root.ts';
import type { Control } from '../progress.ts';
import { LeafWalk } from '../rewrite/leaves.ts';
import { hashFiles } from '../verify/hashFiles.ts';

export interface Damage {
  /** A file for each place where content is damaged. */
  files: FileEntry[];
  /** Versions whose manifest can't be read. */
  unreadable: { version: number; problem: string }[];
  /** Every pack that the versions refer to. */
  packs: Set<string>;
  sum: { files: number; bytes: number };
}

/** Reads every byte that the versions refer to; what they share is read once. */
export async function findDamage(
  lake: Lake,
  dataset: { id: string; name: string },
  versions: readonly VersionRecord[],
  control: Control,
): Promise<Damage> {
  const damage: Damage = { files: [], unreadable: [], packs: new Set(), sum: { files: 0, bytes: 0 } };
  const walk = new LeafWalk(lake, dataset.id);
  async function* windows(): AsyncGenerator<FileEntry[]> {
    let window: FileEntry[] = [];
    for (const { version, root } of versions) {
      try {
        const { packs } = await readRoot(lake, dataset.id, root, control.signal);
        for (const pack of packs.keys()) damage.packs.add(pack);
        for await (const entries of walk.leavesOf(root, control.signal)) {
          window.push(...entries.filter((entry) => entry.kind === 'file'));
          if (window.length < windowSize) continue;
          yield window;
          window = [];
        }
      } catch (error) {
        if (!isForebayError(error, 'damaged', 'bad-path')) throw error;
        const problem = `the manifest of ${formatRef(dataset.name, version)} is damaged: ${error.message}`;
        damage.unreadable.push({ version, problem });
      }
    }
    if (window.length > 0) yield window;
  }
  const total = {
    files: versions.length === 1 ? (versions[0]?.files ?? null) : null,
    bytes: versions.length === 1 ? (versions[0]?.bytes ?? null) : null,
  };
  const { sum } = damage;
  const damaged = (file: FileEntry) => void damage.files.push(file);
  await hashFiles({ lake, datasetId: dataset.id, windows, total, damaged, changed: damaged, sum }, control);
  return damage;
}
