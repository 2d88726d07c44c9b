import type { Lake } from '../../lake/lake.ts';
import type { Entry, FileEntry } from '../entry.ts';
import { Learned } from '../learned/learned.ts';
import { ChangeList } from '../manifest/changes.ts';
import { PageMemory } from '../manifest/pageMemory.ts';
import type { Root } from '../manifest/root.ts';
import { ManifestWriter } from '../manifest/write.ts';
import { keyOf } from '../names.ts';
import { packBytes, packMembers } from '../pack/plan.ts';
import { memberLength } from '../pack/tar.ts';
import { FolderRows, type Row } from '../recorded/folderRows.ts';
import { RecordedIndex } from '../recorded/read.ts';
import type { IndexWriter } from '../recorded/write.ts';
import { pauser } from '../scan/pause.ts';
import { isRacy } from '../scan/racy.ts';
import type { FolderState } from './compareFolder.ts';
import type { DamagedPacks } from './damaged.ts';
import type { KnownContents } from './known.ts';
import type { Made } from './nextManifest.ts';
import type { Outside } from './outside.ts';
import type { Packing, Placed } from './packing.ts';
import { type Pair, pairWithParent } from './pairs.ts';
import type { Uploads } from './uploads.ts';

export interface Built extends Made {
  /** Of it, bytes in packs that an interrupted sync had sent. */
  resumedBytes: number;
}

export interface BuildOptions {
  lake: Lake;
  datasetId: string;
  parent: Root | undefined;
  /** The folder is recorded as the parent. */
  recorded: boolean;
  folder: FolderState;
  /** The folder's rows; learns the digests of what is read. */
  index: IndexWriter;
  /** What lies in them is written again. */
  damaged: DamagedPacks;
  /** Of a working copy of a part. */
  outside: Outside | undefined;
  known: KnownContents;
  packing: Packing;
  /** The file system's time before the folder was scanned, milliseconds. */
  now: number;
  uploads: Uploads;
  signal: AbortSignal;
}

/** Pairs whose files are read together. */
interface Chunk {
  pairs: Pair[];
  /** Of those that are read, in order. */
  placed: Promise<Placed[]>;
}

/** Chunks that are being read while the first of them waits to be written into the manifest. */
const chunksAhead = 4;
/** Pairs of a chunk at most: a bound on memory where few of many files are read. */
const chunkPairs = 16_384;

/**
 * Writes the new version's pages while its files are being read and packed, pages of the parent used again, and finds
 * what has changed against it. All in path order; memory doesn't grow with the folder.
 */
export async function buildManifest(options: BuildOptions): Promise<Built> {
  const { lake, datasetId, parent, known, packing, uploads, signal } = options;
  const memory = new PageMemory();
  const rows = RecordedIndex.openUnfinished(options.index.path);
  const sizeOf = (pack: string) =>
    packing.packSize(pack) ?? parent?.packs.get(pack)?.size ?? known.earlier.get(pack);
  const writer = new ManifestWriter(
    {
      // A page of the same hash says where the parent has its content, also where that is damaged.
      reuse: (hash) => (options.damaged.any ? undefined : memory.get(hash)),
      putPages: (object, bytes) => uploads.put(keyOf.pages(datasetId, object), bytes),
      packSize: (pack) => sizeOf(pack) ?? 0,
    },
    parent,
  );
  const made = { changes: new ChangeList(), resumedBytes: 0 };
  const pause = pauser(signal);
  try {
    const pairs = pairWithParent({
      lake,
      datasetId,
      parent,
      rows: new FolderRows(rows),
      recorded: options.recorded,
      learned: new Learned(lake, datasetId, signal),
      onPage: (ref) => memory.add(ref),
      signal,
    });
    for await (const chunk of ahead(chunksOf(pairs, options))) {
      const placed = (await chunk.placed)[Symbol.iterator]();
      for (const pair of chunk.pairs) {
        if (pair.is === 'page') writer.addPage(pair.ref);
        else addPair(pair, options, placed, writer, made);
        if (writer.isFull) await writer.flush();
        const rest = pause();
        if (rest) await rest;
      }
    }
    return { root: await writer.finish(lake, datasetId), ...made };
  } finally {
    rows.close();
  }
}

function addPair(
  pair: Pair & { is: 'pair' },
  options: BuildOptions,
  placed: Iterator<Placed>,
  writer: ManifestWriter,
  made: Omit<Built, 'root'>,
): void {
  const { folder, known, index, now, outside, damaged } = options;
  const { before } = pair;
  const row = pair.row && outside?.skips(pair.row.path) ? undefined : pair.row;
  const whole = damaged.hit(before) ? undefined : before;
  const content = row && isRead(row, whole, known) ? (placed.next().value as Placed) : undefined;
  const carried = before && !row && outside?.carries(before) ? before : undefined;
  const after = row ? entryOf(row, whole, content, folder.links, known) : carried;
  made.changes.compare(before, after);
  if (before) writer.remove(before);
  if (after) writer.add(after);
  if (row && content && !row.moving && !isRacy(row.ctime, now)) {
    index.patch(Buffer.from(content.sha256, 'hex'), row.digestAt);
  }
  if (after?.kind === 'file' && known.earlier.size > 0 && after !== before) {
    for (const part of after.parts) {
      if ('pack' in part && known.earlier.has(part.pack)) made.resumedBytes += part.length;
    }
  }
}

async function* chunksOf(
  pairs: AsyncIterable<Pair[]>,
  { known, packing, damaged }: BuildOptions,
): AsyncGenerator<Chunk> {
  let chunk: Pair[] = [];
  let toRead: Row[] = [];
  let bytes = 0;
  const close = (): Chunk => {
    const placed = toRead.length > 0 ? packing.pack(toRead) : Promise.resolve([]);
    placed.catch(() => undefined);
    const closed = { pairs: chunk, placed };
    [chunk, toRead, bytes] = [[], [], 0];
    return closed;
  };
  for await (const some of pairs) {
    for (const pair of some) {
      const row = pair.is === 'pair' ? pair.row : undefined;
      const before = pair.is === 'pair' && !damaged.hit(pair.before) ? pair.before : undefined;
      if (row && isRead(row, before, known)) {
        const length = memberLength(row.path, row.size);
        if (toRead.length > 0 && (bytes + length > packBytes || toRead.length === packMembers)) yield close();
        toRead.push(row);
        bytes += length;
      }
      chunk.push(pair);
      if (chunk.length === chunkPairs) yield close();
    }
  }
  yield close();
}

async function* ahead(chunks: AsyncGenerator<Chunk>): AsyncGenerator<Chunk> {
  const waiting: Chunk[] = [];
  for await (const chunk of chunks) {
    waiting.push(chunk);
    if (waiting.length === chunksAhead) yield waiting.shift() as Chunk;
  }
  yield* waiting;
}

/** Whether a file has to be read: its content isn't known, or the lake isn't known to have it. */
function isRead(row: Row, before: Entry | undefined, known: KnownContents): boolean {
  if (row.kind !== 'file' || row.size === 0) return false;
  if (row.sha256 === undefined) return true;
  return !isContentOf(before, row.sha256, row.size) && known.contents.partsOf(row.sha256) === undefined;
}

function isContentOf(before: Entry | undefined, sha256: string, size: number): before is FileEntry {
  return before?.kind === 'file' && before.sha256 === sha256 && before.size === size;
}

function entryOf(
  row: Row,
  before: Entry | undefined,
  placed: Placed | undefined,
  links: ReadonlyMap<string, string>,
  known: KnownContents,
): Entry {
  const { kind, path, size, executable } = row;
  if (kind === 'folder') return { kind, path };
  if (kind === 'link') return { kind, path, target: links.get(path) ?? '' };
  const sha256 = size === 0 ? emptySha256 : ((placed?.sha256 ?? row.sha256) as string);
  const file = { kind, path, size, executable, mtime: Math.floor(row.mtime), sha256 };
  if (isContentOf(before, sha256, size)) {
    return { ...file, parts: before.parts, ...(before.origin ? { origin: before.origin } : {}) };
  }
  if (size === 0) return { ...file, parts: [] };
  return { ...file, parts: placed?.parts ?? known.contents.partsOf(sha256) ?? [] };
}

const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
