import { ForebayError } from '../../api/errors.ts';
import { formatRef } from '../../api/ref.ts';
import { formatPart } from '../../api/selection.ts';
import { type WrittenTree, writeTree } from '../../dataset/checkout/writeTree.ts';
import type { Entry } from '../../dataset/entry.ts';
import { Learned } from '../../dataset/learned/learned.ts';
import { readRoot } from '../../dataset/manifest/root.ts';
import type { Control } from '../../dataset/progress.ts';
import { readSelectedLeaves } from '../../dataset/selection.ts';
import { staged } from '../layout.ts';
import { measureDisk, measureTree } from '../measure.ts';
import type { FillRequest } from './fillRequest.ts';
import { FillJournal } from './journal.ts';
import { type Lending, readyLenders } from './lenders.ts';
import { NeedCounter, needAtMost, needOf } from './need.ts';
import { type Need, requireRoom } from './room.ts';

/** Reserves room, then writes the version's files into the staging folder, going on where its journal ends. */
export async function fillTree(
  request: FillRequest,
  staging: string,
  control: Control,
): Promise<WrittenTree & { own: Need }> {
  const { cache, lake, dataset, version } = request;
  const root = await readRoot(lake, dataset.id, version.root, control.signal);
  if (root.digest !== version.digest) {
    throw new ForebayError(
      'damaged',
      `The manifest of ${formatRef(dataset.name, version.version)} in the lake is not the one that was synced.`,
    );
  }
  const learned = new Learned(lake, dataset.id, control.signal);
  const { signal } = control;
  const leaves = (): AsyncIterable<Entry[]> =>
    learned.fillLeaves(readSelectedLeaves(lake, dataset.id, version.root, version.selection, { signal }));
  const lending = await readyLenders(request, learned, control.signal);
  await reserve(request, staging, leaves, lending);
  const journal = FillJournal.open(staged.journal(staging));
  const counter = new NeedCounter((await measureDisk(cache.path)).block);
  try {
    const written = await writeTree(
      {
        lake,
        datasetId: dataset.id,
        leaves: counted(leaves(), counter),
        folder: staged.tree(staging),
        mode: 'cache',
        size: version.selection ? version : { files: root.files, bytes: root.bytes },
        reuse: lending.map(({ folder, leaves }) => ({ folder, leaves: leaves() })),
        linked: (file) => counter.lend(file),
        journal,
        learned,
      },
      control,
    );
    return { ...written, own: counter.need };
  } finally {
    journal.close();
    if (!control.signal.aborted) await learned.save();
  }
}

/** What passes by is counted: nothing is read twice to know what the tree takes. */
async function* counted(leaves: AsyncIterable<Entry[]>, counter: NeedCounter): AsyncGenerator<Entry[]> {
  for await (const entries of leaves) {
    for (const entry of entries) counter.add(entry);
    yield entries;
  }
}

/** What is needed is only counted exactly, from the manifests, where the most that it could be doesn't fit. */
async function reserve(
  { cache, dataset, version, limits }: FillRequest,
  staging: string,
  leaves: () => AsyncIterable<Entry[]>,
  lending: Lending[],
): Promise<void> {
  const disk = await measureDisk(cache.path);
  const what = formatPart(dataset.name, version.version, version.selection ?? null);
  try {
    requireRoom(what, cache.path, needAtMost(version, disk.block), disk, limits);
  } catch {
    const others = lending.map((lender) => lender.leaves());
    const need = await needOf(leaves(), others, disk.block);
    const there = await measureTree(staged.tree(staging));
    // What an earlier attempt left is on the disk already, but within the capacity it counts all the same.
    requireRoom(what, cache.path, need, { ...disk, ...plus(disk, there) }, limits);
  }
}

function plus(disk: { free: number; inodesFree: number | null }, there: Need) {
  return {
    free: disk.free + there.bytes,
    inodesFree: disk.inodesFree === null ? null : disk.inodesFree + there.inodes,
  };
}
