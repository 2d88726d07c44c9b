import { isForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import type { FileEntry } from '../entry.ts';
import type { VersionRecord } from '../history.ts';
import { LeafWalk } from '../rewrite/leaves.ts';

/** Under which names versions have a content, and where in the lake they have it. */
export interface Elsewhere {
  paths: Set<string>;
  /** Files with that content, each of other parts. */
  files: FileEntry[];
}

/** All that manifests know of the contents of `damaged` files, by SHA-256. Manifests that can't be read are passed over. */
export async function findElsewhere(
  lake: Lake,
  datasetId: string,
  versions: readonly VersionRecord[],
  damaged: readonly FileEntry[],
  signal: AbortSignal,
): Promise<Map<string, Elsewhere>> {
  const found = new Map<string, Elsewhere>();
  for (const { sha256 } of damaged) if (sha256) found.set(sha256, { paths: new Set(), files: [] });
  const bad = new Set(damaged.map(placesOf));
  const walk = new LeafWalk(lake, datasetId);
  for (const { root } of found.size > 0 ? versions : []) {
    try {
      for await (const entries of walk.leavesOf(root, signal)) {
        for (const file of entries) {
          const known = file.kind === 'file' && file.sha256 ? found.get(file.sha256) : undefined;
          if (!known || file.kind !== 'file') continue;
          known.paths.add(file.path);
          if (bad.has(placesOf(file)) || known.files.some((other) => placesOf(other) === placesOf(file)))
            continue;
          known.files.push(file);
        }
      }
    } catch (error) {
      if (!isForebayError(error, 'damaged', 'bad-path')) throw error;
    }
  }
  return found;
}

export function placesOf({ parts }: FileEntry): string {
  return parts.map((part) => ('pack' in part ? `${part.pack}:${part.offset}` : part.external.url)).join();
}
