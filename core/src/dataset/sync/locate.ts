import type { Lake } from '../../lake/lake.ts';
import type { PackPart } from '../content/part.ts';
import { comparePaths, type FileEntry, type Part } from '../entry.ts';
import { readLeaves } from '../manifest/read.ts';
import { wholeFileMost } from '../pack/plan.ts';
import { pauser } from '../scan/pause.ts';
import type { Tree } from '../scan/tree.ts';
import type { Comparison } from './compare.ts';

/** Contents that the lake has already: SHA-256 -> where. Only those of a size that is going to be read. */
export type KnownContents = Map<string, Part[]>;

export type KnownChunk = PackPart & { sha256: string };
/** Chunks of large files that the lake has already: SHA-256 -> where. Only where a large file is going to be read. */
export type KnownChunks = Map<string, KnownChunk>;

/**
 * Goes through the parent version in step with the tree. Files that were recorded as unchanged but are not so in the
 * parent (it is not the version that was recorded) are added to those to read.
 */
export async function locateKnown(options: {
  lake: Lake;
  datasetId: string;
  parentRoot: string | undefined;
  tree: Tree;
  comparison: Comparison;
  signal: AbortSignal;
}): Promise<{ known: KnownContents; chunks: KnownChunks; toRead: number[] }> {
  const { lake, datasetId, parentRoot, tree, comparison, signal } = options;
  const { digests, toRead } = comparison;
  const known: KnownContents = new Map();
  const chunks: KnownChunks = new Map();
  const sizes = new Set(toRead.map((at) => tree.size(at)));
  const readsLarge = toRead.some((at) => tree.size(at) > wholeFileMost);
  const unknown = new Set(toRead);
  const missing: number[] = [];
  const pause = pauser(signal);
  let at = 0;
  const skipTo = (path: string | undefined) => {
    for (; at < tree.length && (path === undefined || comparePaths(tree.path(at), path) < 0); at++) {
      if (needsPlace(at)) missing.push(at);
    }
  };
  const needsPlace = (file: number) =>
    tree.kind(file) === 'file' && tree.size(file) > 0 && !unknown.has(file);
  if (parentRoot !== undefined) {
    for await (const entries of readLeaves(lake, datasetId, parentRoot, { signal })) {
      for (const entry of entries) {
        skipTo(entry.path);
        const file = entry.kind === 'file' ? entry : undefined;
        if (file?.sha256 && sizes.has(file.size) && isInPacks(file)) known.set(file.sha256, file.parts);
        if (file && readsLarge) noteChunks(file, chunks);
        if (at >= tree.length || tree.path(at) !== entry.path) continue;
        const sameContent = file?.size === tree.size(at) && file.sha256 === digests.get(at);
        if (needsPlace(at) && !sameContent) missing.push(at);
        at++;
      }
      await pause();
    }
  }
  skipTo(undefined);
  for (const file of missing) digests.clear(file);
  return { known, chunks, toRead: merge(toRead, missing) };
}

/** An imported object is the identity of one file: another file of the same content is not that object. */
function isInPacks(file: FileEntry): boolean {
  return file.parts.every((part) => 'pack' in part);
}

function noteChunks({ parts }: FileEntry, chunks: KnownChunks): void {
  for (const part of parts) {
    if ('pack' in part && part.sha256 !== undefined)
      chunks.set(part.sha256, { ...part, sha256: part.sha256 });
  }
}

function merge(a: number[], b: number[]): number[] {
  return b.length === 0 ? a : [...a, ...b].sort((x, y) => x - y);
}
