import { isForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import type { VersionRecord } from '../history.ts';
import { readRoot } from '../manifest/root.ts';
import { keyOf } from '../names.ts';
import type { Control } from '../progress.ts';
import type { Uploads } from '../sync/uploads.ts';
import type { Moves } from './moves.ts';
import { PageRewriter } from './pages.ts';
import { relocateVersion } from './relocate.ts';

/** Gives each version that is concerned a new root. Gives their numbers. Throws `Outdated`. */
export async function relocateAll(
  options: {
    lake: Lake;
    datasetId: string;
    versions: readonly VersionRecord[];
    moves: Moves;
    /** Versions whose pages are to be gathered. */
    gather: ReadonlySet<number>;
    /** What the log said when the versions were read. */
    collects: number;
    author: string;
    uploads: Uploads;
    packSizes: ReadonlyMap<string, number>;
  },
  { signal, report }: Control,
): Promise<number[]> {
  const { lake, datasetId, versions, moves, gather, collects, author, uploads, packSizes } = options;
  const rewriter = new PageRewriter({
    lake,
    datasetId,
    moves,
    put: (object, bytes) => uploads.put(keyOf.pages(datasetId, object), bytes),
    signal,
  });
  /** One whose manifest is damaged stays as it is. */
  const rewritten = async ({ version, root }: VersionRecord) => {
    try {
      const { packs } = await readRoot(lake, datasetId, root, signal);
      if (!gather.has(version) && !moves.touches(packs)) return undefined;
      return await rewriter.rewrite(root, {
        gather: gather.has(version),
        packSize: (pack) => packSizes.get(pack),
      });
    } catch (error) {
      if (isForebayError(error, 'damaged', 'bad-path')) return undefined;
      throw error;
    }
  };
  const relocated: number[] = [];
  for (const [files, version] of versions.entries()) {
    report({ phase: 'relocating', files, filesTotal: versions.length, bytes: 0, bytesTotal: null });
    const root = await rewritten(version);
    if (!root) continue;
    signal.throwIfAborted();
    await relocateVersion(
      {
        lake,
        datasetId,
        version,
        root,
        collects,
        author,
        put: (key, bytes) => uploads.put(key, bytes),
        sending: () => uploads.commitSent(),
      },
      signal,
    );
    relocated.push(version.version);
  }
  return relocated;
}
