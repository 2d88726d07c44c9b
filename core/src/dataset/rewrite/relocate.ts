import type { Lake } from '../../lake/lake.ts';
import { historyOf, type VersionRecord } from '../history.ts';
import { datasetLog } from '../log/kinds.ts';
import { appendRecord } from '../log/log.ts';
import { encodeRoot, type Root } from '../manifest/root.ts';
import { keyOf, randomName } from '../names.ts';
import { Outdated } from '../sync/outdated.ts';

/**
 * Gives a version a new root of the same digest. Throws `Outdated` where the version is no longer as it was, or objects were
 * named as garbage since `collects` was read: what the new root refers to may be among them.
 * `sending` is called right before the request that names what was uploaded.
 */
export async function relocateVersion(
  options: {
    lake: Lake;
    datasetId: string;
    version: VersionRecord;
    root: Root;
    collects: number;
    author: string;
    put: (key: string, bytes: Uint8Array) => Promise<void>;
    sending: () => void;
  },
  signal: AbortSignal,
): Promise<VersionRecord> {
  const { lake, datasetId, version, root, collects, author, put, sending } = options;
  if (root.digest !== version.digest) throw new Error('A version keeps its digest for life.');
  const name = randomName();
  const stamp = { id: randomName(), time: new Date().toISOString(), author };
  await put(keyOf.root(datasetId, name), encodeRoot(root));
  await appendRecord(
    lake,
    keyOf.log(datasetId),
    datasetLog,
    (state) => {
      const now = historyOf(state);
      const there = now.versions.find((each) => each.version === version.version);
      if (there?.root !== version.root || now.collects !== collects) throw new Outdated();
      sending();
      return { kind: 'relocate' as const, ...stamp, version: version.version, root: name };
    },
    signal,
  );
  return { ...version, root: name };
}
