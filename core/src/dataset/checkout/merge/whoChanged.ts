import { isForebayError } from '../../../api/errors.ts';
import type { Lake } from '../../../lake/lake.ts';
import { differences } from '../../diff/differences.ts';
import type { History, VersionRecord } from '../../history.ts';

/** Versions that are looked through; who pulls after more finds older changes under the oldest of these. */
const versionsMost = 50;

/** The newest version after `base` that changed each of these paths, as far as what versions changed can be read. */
export async function whoChanged(
  { lake, datasetId, history, base }: { lake: Lake; datasetId: string; history: History; base: number },
  paths: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, VersionRecord>> {
  const found = new Map<string, VersionRecord>();
  const wanted = new Set(paths);
  const after = history.versions.filter(({ version }) => version > base).slice(-versionsMost);
  for (let at = after.length - 1; at >= 0 && wanted.size > 0; at--) {
    const version = after[at] as VersionRecord;
    const before = [...history.versions, ...history.removed].find(
      (each) => each.version === version.parents[0],
    );
    const [from, to] = [before, version].map((each) => each && { lake, datasetId, version: each });
    if (!to) continue;
    try {
      for await (const some of differences(from, to, { signal })) {
        for (const { path } of some) if (wanted.delete(path)) found.set(path, version);
      }
    } catch (error) {
      // A pull is worth more than a name.
      if (!isForebayError(error, 'damaged')) throw error;
    }
  }
  return found;
}
