import { setTimeout } from 'node:timers/promises';
import { ForebayError } from '../../api/errors.ts';
import { keyOf, randomName } from '../names.ts';
import { DigestSet } from '../pack/digestSet.ts';
import type { FileToPack, PackedFile } from '../pack/messages.ts';
import { packFiles } from '../pack/packFiles.ts';
import { planBatches } from '../pack/plan.ts';
import type { Control } from '../progress.ts';
import { isRacy } from '../scan/recorded.ts';
import { lookAt } from '../scan/scan.ts';
import type { Tree } from '../scan/tree.ts';
import type { Digests } from './compare.ts';
import { journalLine, noteUploaded } from './journal.ts';
import type { KnownContents } from './locate.ts';
import type { Places } from './places.ts';
import type { Uploads } from './uploads.ts';

/** A file that is no longer as it was scanned is looked at again and read again, this often. */
const attempts = 4;
const pauseBetween = 150;

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
  const note = async (pack: string, size: number, packed: PackedFile[]) => {
    const files = packed
      .filter(({ file, offset }) => offset >= 0 && !isRacy(tree.ctimes[file] as number, now))
      .map(({ file, sha256, offset }) => journalLine(tree.at(file), sha256, offset));
    if (files.length === 0) return;
    uploads.keep(keyOf.pack(datasetId, pack));
    await noteUploaded(folder, { dataset: datasetId, pack, size, files });
  };
  let toRead = options.toRead;
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
        batches: withStats(tree, batches),
        files: toRead.length,
        bytes: sizeOf(tree, toRead),
        known: digestSet,
      },
      {
        async upload(bytes, packed) {
          const pack = randomName();
          places.addPack(pack, bytes.length);
          for (const file of packed.files) {
            digests.set(file.file, file.sha256);
            if (file.offset >= 0) places.addFile(file.file, file.offset);
          }
          if (packed.part) places.addPart(packed.part.file, pack, packed.part.offset, packed.part.size);
          await uploads.put(keyOf.pack(datasetId, pack), bytes);
          await note(pack, bytes.length, packed.files);
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
    const dropped = new Set(places.forget(changed).map((pack) => keyOf.pack(datasetId, pack)));
    if (dropped.size > 0) await uploads.discard((key) => dropped.has(key));
    toRead = changed.sort((a, b) => a - b);
  }
}

function* withStats(tree: Tree, batches: Iterable<{ files: number[]; large: boolean }>) {
  for (const { files, large } of batches) {
    yield { files: files.map((at): FileToPack => ({ ...tree.at(at), file: at })), large };
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
