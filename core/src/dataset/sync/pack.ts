import { setTimeout } from 'node:timers/promises';
import { ForebayError } from '../../api/errors.ts';
import { keyOf, randomName } from '../names.ts';
import { DigestSet } from '../pack/digestSet.ts';
import type { FileToPack, PackedChunk, PackedFile } from '../pack/messages.ts';
import { packFiles } from '../pack/packFiles.ts';
import { planBatches, wholeFileMost } from '../pack/plan.ts';
import type { Control } from '../progress.ts';
import { isRacy } from '../scan/recorded.ts';
import { lookAt } from '../scan/scan.ts';
import type { Tree } from '../scan/tree.ts';
import type { Digests } from './compare.ts';
import { forgetPacks, journalChunkLine, journalFileLine, noteUploaded } from './journal.ts';
import type { KnownContents } from './locate.ts';
import type { Places } from './places.ts';
import type { Uploads } from './uploads.ts';

/** A file that is no longer as it was scanned is looked at again and read again, this often. */
const attempts = 4;
const pauseBetween = 150;
/** Bytes a second that a network is expected to take, and a disk, until some were sent. */
const expectedPace = { network: 150e6, disk: 1e9 };

/**
 * Reads and hashes the files `toRead`, and uploads in packs what the lake lacks. Fills in their digests and places.
 * `now`: the file system's time before the tree was scanned.
 */
export async function packTree(options: {
  datasetId: string;
  folder: string;
  tree: Tree;
  now: number;
  digests: Digests;
  toRead: number[];
  known: KnownContents;
  places: Places;
  uploads: Uploads;
  control: Control;
}): Promise<void> {
  const { datasetId, folder, tree, now, digests, known, places, uploads, control } = options;
  const digestSet = DigestSet.of(known.keys());
  const total = sizeOf(tree, options.toRead);
  const done = { files: 0, bytes: 0 };
  const report = () =>
    control.report({
      phase: 'packing',
      files: Math.min(done.files, options.toRead.length),
      filesTotal: options.toRead.length,
      bytes: Math.min(done.bytes, total),
      bytesTotal: total,
    });
  const note = async (pack: string, size: number, packed: PackedFile[], chunks: PackedChunk[]) => {
    const lines = packed.flatMap(({ file, sha256, stored }) =>
      stored && !isRacy(tree.ctimes[file] as number, now)
        ? [{ codec: stored.codec, line: journalFileLine(tree.at(file), sha256, stored) }]
        : [],
    );
    if (lines.length + chunks.length === 0) return;
    const linesOf = (wanted: 'raw' | 'zstd') =>
      lines.filter(({ codec }) => codec === wanted).map(({ line }) => line);
    uploads.keep(keyOf.pack(datasetId, pack));
    await noteUploaded(folder, {
      dataset: datasetId,
      pack,
      size,
      files: linesOf('raw'),
      zstd: linesOf('zstd'),
      chunks: chunks.map(journalChunkLine),
    });
  };
  const inOnePiece = sizesInOnePiece(known);
  let toRead = options.toRead;
  let rereading = false;
  for (let attempt = 1; toRead.length > 0; attempt++) {
    if (attempt > attempts) throw fileChanged(tree, toRead);
    if (attempt > 1) await lookAgain(folder, tree, toRead, attempt, control.signal);
    const changed: number[] = [];
    const batches = planBatches(
      toRead,
      (at) => tree.path(at),
      (at) => tree.size(at),
    );
    await packFiles(
      {
        folder,
        batches: withStats(tree, batches, inOnePiece),
        files: toRead.length,
        bytes: sizeOf(tree, toRead),
        known: digestSet,
        knownChunks: DigestSet.of(places.knownChunks()),
        pace: /^[a-z0-9]+:\/\//.test(uploads.lakeUrl) ? expectedPace.network : expectedPace.disk,
      },
      {
        async upload(bytes, packed) {
          const pack = randomName();
          places.addPack(pack, bytes.length);
          for (const { file, sha256, stored } of packed.files) {
            digests.set(file, sha256);
            if (stored) places.addFile(file, stored);
          }
          places.addChunks(packed.chunks);
          await uploads.put(keyOf.pack(datasetId, pack), bytes);
          await note(pack, bytes.length, packed.files, packed.chunks);
        },
        cut(file, sha256, chunks) {
          digests.set(file, sha256);
          places.addCut(file, chunks);
        },
        hashed(files) {
          for (const file of files) digests.set(file.file, file.sha256);
        },
        changed: (files) => void changed.push(...files),
        abandon: () => void uploads.stop(),
        progress(files, bytes) {
          done.files += files;
          done.bytes += bytes;
          report();
        },
      },
      control.signal,
    );
    toRead = changed.sort((a, b) => a - b);
    rereading ||= toRead.length > 0;
  }
  if (rereading) await dropUnused(folder, datasetId, places, uploads);
}

/** What was read of files that changed meanwhile is in packs of which nobody may need any. */
async function dropUnused(
  folder: string,
  datasetId: string,
  places: Places,
  uploads: Uploads,
): Promise<void> {
  const unused = new Set(places.unusedPacks().map((pack) => keyOf.pack(datasetId, pack)));
  if (unused.size === 0) return;
  await forgetPacks(folder, (key) => unused.has(key));
  await uploads.discard((key) => unused.has(key));
}

/** Sizes of large files that the lake has, but not in chunks that could be found by their hashes. */
function sizesInOnePiece(known: KnownContents): Set<number> {
  const sizes = new Set<number>();
  for (const parts of known.values()) {
    const size = parts.reduce((sum, part) => sum + ('pack' in part ? part.size : 0), 0);
    if (size > wholeFileMost && parts.some((part) => !('pack' in part && part.sha256))) sizes.add(size);
  }
  return sizes;
}

function* withStats(
  tree: Tree,
  batches: Iterable<{ files: number[]; large: boolean }>,
  inOnePiece: Set<number>,
) {
  for (const { files, large } of batches) {
    const look = (at: number): FileToPack => ({ ...tree.at(at), file: at });
    const lookLarge = (at: number) => ({ ...look(at), asWhole: inOnePiece.has(tree.size(at)) });
    yield { files: files.map(large ? lookLarge : look), large };
  }
}

/** Waits a little, so that who writes may finish. */
async function lookAgain(
  folder: string,
  tree: Tree,
  files: number[],
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  await setTimeout(pauseBetween * 2 ** (attempt - 2), undefined, { signal });
  for (const at of files) {
    const found = lookAt(folder, tree.path(at));
    if (found.kind !== 'file') throw fileChanged(tree, [at]);
    tree.replace(at, found);
  }
}

function fileChanged(tree: Tree, files: number[]): ForebayError {
  const some = files.slice(0, 3).map((at) => JSON.stringify(tree.path(at)));
  const more = files.length > 3 ? ` and ${files.length - 3} more` : '';
  return new ForebayError(
    'file-changed',
    `${some.join(', ')}${more} changed again and again while being read.`,
    'Sync again once nothing writes to the folder.',
  );
}

function sizeOf(tree: Tree, files: number[]): number {
  return files.reduce((sum, at) => sum + tree.size(at), 0);
}
