import type { Lake } from '../../lake/lake.ts';
import { comparePaths, type Entry } from '../entry.ts';
import { ChangeList } from '../manifest/changes.ts';
import type { PageRef } from '../manifest/page.ts';
import { readLeaves } from '../manifest/read.ts';
import type { Root } from '../manifest/root.ts';
import { readRoot } from '../manifest/root.ts';
import { ManifestWriter } from '../manifest/write.ts';
import { keyOf } from '../names.ts';
import { pauser } from '../scan/pause.ts';
import type { Tree } from '../scan/tree.ts';
import type { Digests } from './compare.ts';
import { EntryCursor } from './cursor.ts';
import type { Places } from './places.ts';
import type { Uploads } from './uploads.ts';

export interface Made {
  root: Root;
  changes: ChangeList;
}

/** Writes the pages of the tree's manifest, those of the parent used again, and finds what has changed against it. */
export async function buildManifest(options: {
  lake: Lake;
  datasetId: string;
  parentRoot: string | undefined;
  tree: Tree;
  digests: Digests;
  places: Places;
  uploads: Uploads;
  signal: AbortSignal;
}): Promise<Made> {
  const { lake, datasetId, parentRoot, tree, digests, places, uploads, signal } = options;
  const pages = new Map<string, PageRef>();
  const parentPacks = parentRoot ? (await readRoot(lake, datasetId, parentRoot, signal)).packs : new Map();
  const parent = await EntryCursor.start(
    parentRoot
      ? readLeaves(lake, datasetId, parentRoot, { onPage: (ref) => pages.set(ref.hash, ref), signal })
      : undefined,
  );
  const writer = new ManifestWriter({
    reuse: (hash) => pages.get(hash),
    putPages: (object, bytes) => uploads.put(keyOf.pages(datasetId, object), bytes),
    packSize: (pack) => places.packSize(pack) ?? parentPacks.get(pack)?.size ?? 0,
  });
  const changes = new ChangeList();
  const pause = pauser(signal);
  const dropUntil = async (path: string | undefined) => {
    while (parent.entry && (path === undefined || comparePaths(parent.entry.path, path) < 0)) {
      changes.compare(parent.entry, undefined);
      const more = parent.advance();
      if (more) await more;
    }
  };
  for (let at = 0; at < tree.length; at++) {
    const path = tree.path(at);
    if (parent.entry && parent.entry.path !== path) await dropUntil(path);
    const before = parent.entry?.path === path ? parent.entry : undefined;
    const after = entryOf(tree, at, digests, places, before);
    changes.compare(before, after);
    const full = writer.add(after);
    if (full) await full;
    const more = before && parent.advance();
    if (more) await more;
    const rest = pause();
    if (rest) await rest;
  }
  await dropUntil(undefined);
  return { root: await writer.finish(), changes };
}

function entryOf(tree: Tree, at: number, digests: Digests, places: Places, before: Entry | undefined): Entry {
  const path = tree.path(at);
  const kind = tree.kind(at);
  if (kind === 'folder') return { kind, path };
  if (kind === 'link') return { kind, path, target: tree.target(at) };
  const size = tree.size(at);
  const sha256 = digests.get(at);
  const file = {
    kind,
    path,
    size,
    executable: tree.executable(at),
    mtime: Math.floor(tree.mtimes[at] ?? 0),
    sha256,
  };
  if (before?.kind === 'file' && before.sha256 === sha256 && before.size === size) {
    return { ...file, parts: before.parts, ...(before.origin ? { origin: before.origin } : {}) };
  }
  return { ...file, parts: places.partsOf(at, size, sha256) };
}
