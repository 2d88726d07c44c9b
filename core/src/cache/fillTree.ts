import { ForebayError } from '../api/errors.ts';
import { formatRef } from '../api/ref.ts';
import { formatPart, isSameSelection } from '../api/selection.ts';
import { type WrittenTree, writeTree } from '../dataset/checkout/writeTree.ts';
import type { Entry } from '../dataset/entry.ts';
import { Learned } from '../dataset/learned/learned.ts';
import { readRoot } from '../dataset/manifest/root.ts';
import type { Control } from '../dataset/progress.ts';
import { readSelected } from '../dataset/selection.ts';
import type { FillRequest } from './fill.ts';
import { FillJournal } from './journal.ts';
import { staged } from './layout.ts';
import { measureDisk, measureTree } from './measure.ts';
import { needAtMost, needOf } from './need.ts';
import { type CachedVersion, isReady, partOf } from './record.ts';
import { requireRoom } from './room.ts';

/** How many other versions lend files: each costs the reading of its manifest. */
const lenders = 2;

/** Reserves room, then writes the version's files into the staging folder, going on where its journal ends. */
export async function fillTree(
  request: FillRequest,
  staging: string,
  control: Control,
): Promise<WrittenTree> {
  const { lake, dataset, version } = request;
  const root = await readRoot(lake, dataset.id, version.root, control.signal);
  if (root.digest !== version.digest) {
    throw new ForebayError(
      'damaged',
      `The manifest of ${formatRef(dataset.name, version.version)} in the lake is not the one that was synced.`,
    );
  }
  const learned = new Learned(lake, dataset.id, control.signal);
  const entries = (of: CachedVersion): AsyncIterable<Entry> =>
    learned.fill(readSelected(lake, dataset.id, of.root, of.selection, control.signal));
  const lending = await readyLenders(request);
  await reserve(request, staging, entries, lending);
  const journal = FillJournal.open(staged.journal(staging));
  try {
    return await writeTree(
      {
        lake,
        datasetId: dataset.id,
        entries: entries(version),
        folder: staged.tree(staging),
        mode: 'cache',
        size: version.selection ? version : { files: root.files, bytes: root.bytes },
        reuse: lending.map(({ path, lender }) => ({ folder: path, entries: entries(lender) })),
        journal,
        learned,
      },
      control,
    );
  } finally {
    journal.close();
    if (!control.signal.aborted) await learned.save();
  }
}

interface Lending {
  path: string;
  lender: CachedVersion;
}

/** The nearest versions that are ready on this cache now, nearest first; of one that lies there in parts, the largest. */
async function readyLenders({ cache, dataset, version, reuse = [] }: FillRequest): Promise<Lending[]> {
  const distance = (other: CachedVersion): number => Math.abs(other.version - version.version);
  const nearest = reuse
    .filter((other) => other.version !== version.version || !isSamePart(other, version))
    .sort((a, b) => distance(a) - distance(b) || b.files - a.files);
  const lending: Lending[] = [];
  for (const lender of nearest) {
    if (lending.length === lenders) break;
    const found = await cache.find(dataset, lender.version, partOf(lender));
    if (isReady(found, { ...lender, datasetId: dataset.id })) {
      lending.push({ path: found.path, lender });
    }
  }
  return lending;
}

function isSamePart(a: CachedVersion, b: CachedVersion): boolean {
  return isSameSelection(a.selection ?? null, b.selection ?? null);
}

/** What is needed is only counted exactly, from the manifests, where the most that it could be doesn't fit. */
async function reserve(
  { cache, dataset, version, limits }: FillRequest,
  staging: string,
  entries: (of: CachedVersion) => AsyncIterable<Entry>,
  lending: Lending[],
): Promise<void> {
  const disk = await measureDisk(cache.path);
  const what = formatPart(dataset.name, version.version, version.selection ?? null);
  try {
    requireRoom(what, cache.path, needAtMost(version, disk.block), disk, limits);
  } catch {
    const others = lending.map(({ lender }) => entries(lender));
    const need = await needOf(entries(version), others, disk.block);
    const there = await measureTree(staged.tree(staging));
    const rest = {
      bytes: Math.max(0, need.bytes - there.bytes),
      inodes: Math.max(0, need.inodes - there.inodes),
    };
    requireRoom(what, cache.path, rest, disk, limits);
  }
}
