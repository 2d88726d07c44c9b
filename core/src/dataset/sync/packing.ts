import { setTimeout } from 'node:timers/promises';
import { ForebayError } from '../../api/errors.ts';
import type { Part } from '../entry.ts';
import { keyOf, randomName } from '../names.ts';
import type { FileToPack, FromPacker, PackedChunk } from '../pack/messages.ts';
import { packFiles } from '../pack/packFiles.ts';
import { type Batch as Plan, planBatches } from '../pack/plan.ts';
import type { Control } from '../progress.ts';
import type { Row } from '../recorded/folderRows.ts';
import { lookAt } from '../scan/scan.ts';
import { noteUploaded } from './journal.ts';
import type { KnownContents } from './known.ts';
import { Queue } from './queue.ts';
import type { Uploads } from './uploads.ts';

/** What a file holds and where the lake has it. */
export interface Placed {
  /** Hex. */
  sha256: string;
  parts: Part[];
}

export interface PackingOptions {
  datasetId: string;
  folder: string;
  known: KnownContents;
  /** To be read in all, at most. */
  unread: { files: number; bytes: number };
  uploads: Uploads;
  control: Control;
}

/** A file that is no longer as it was scanned is looked at again and read again, this often. */
const attempts = 4;
const pauseBetween = 150;
/** Bytes a second that a network is expected to take, and a disk, until some were sent. */
const expectedPace = { network: 150e6, disk: 1e9 };

/** Files that are read together, and what became of them. */
interface Batch {
  rows: Row[];
  /** The first one's number. */
  first: number;
  results: (Placed | 'changed')[];
  left: number;
  end: (results: (Placed | 'changed')[]) => void;
  fail: (error: unknown) => void;
}

/** Reads and hashes files, and uploads in packs what the lake lacks; many batches at once, each file when its turn comes. */
export class Packing {
  readonly #options: PackingOptions;
  readonly #queue = new Queue<{ files: FileToPack[]; large: boolean }>();
  readonly #batches = new Set<Batch>();
  /** Large files of which some chunks are still to come. */
  readonly #waiting = new Map<number, { sha256: string; chunks: string[] }>();
  /** Chunks that this sync has sent. */
  readonly #chunks = new Map<string, Part>();
  readonly #packSizes = new Map<string, number>();
  #done = { files: 0, bytes: 0 };
  #number = 0;
  #running: Promise<void> | undefined;
  #failure: { error: unknown } | undefined;

  constructor(options: PackingOptions) {
    this.#options = options;
  }

  /** Where these files are then, in their order. Throws `file-changed`, `file-unreadable` and the lake's errors. */
  async pack(rows: Row[]): Promise<Placed[]> {
    const placed: Placed[] = new Array(rows.length);
    let left = rows.map((_, at) => at);
    for (let attempt = 1; left.length > 0; attempt++) {
      const again = left.map((at) => rows[at] as Row);
      if (attempt > attempts) throw fileChanged(again);
      if (attempt > 1) await this.#lookAgain(again, attempt);
      const results = await this.#packOnce(again);
      const changed: number[] = [];
      for (const [i, result] of results.entries()) {
        const at = left[i] as number;
        if (result === 'changed') changed.push(at);
        else placed[at] = result;
      }
      left = changed;
    }
    return placed;
  }

  /** Of a pack of this sync, bytes. */
  packSize(pack: string): number | undefined {
    return this.#packSizes.get(pack);
  }

  /** Packs of this sync of which the version needs none of the contents: those of files that changed while they were read. */
  unused(used: ReadonlyMap<string, unknown>): Set<string> {
    return new Set([...this.#packSizes.keys()].filter((pack) => !used.has(pack)));
  }

  /** Waits for the uploads; when it resolves or throws, no thread runs and none is under way. */
  async finish(): Promise<void> {
    this.#queue.close();
    await this.#running;
  }

  #packOnce(rows: Row[]): Promise<(Placed | 'changed')[]> {
    if (this.#failure) return Promise.reject(this.#failure.error);
    this.#running ??= this.#start();
    const first = this.#number;
    this.#number += rows.length;
    const numbers = rows.map((_, at) => first + at);
    const rowOf = (number: number) => rows[number - first] as Row;
    const plan = planBatches(
      numbers,
      (number) => rowOf(number).path,
      (number) => rowOf(number).size,
    );
    for (const each of plan) this.#queue.put(this.#withStats(each, rowOf));
    return new Promise((end, fail) => {
      this.#batches.add({ rows, first, results: new Array(rows.length), left: rows.length, end, fail });
    });
  }

  #withStats({ files, large }: Plan, rowOf: (number: number) => Row) {
    const { known } = this.#options;
    return {
      large,
      files: files.map((file): FileToPack => {
        const { path, size, executable, mtime, ctime, inode } = rowOf(file);
        const asWhole = large && known.inOnePiece.has(size);
        return { file, path, size, executable, mtime, ctime, inode, ...(asWhole ? { asWhole } : {}) };
      }),
    };
  }

  #start(): Promise<void> {
    const { folder, known, unread, uploads, control } = this.#options;
    const running = packFiles(
      {
        folder,
        batches: this.#queue,
        ...unread,
        known: known.contents.shared,
        knownChunks: known.chunks.shared,
        pace: isNetwork(uploads.lakeUrl) ? expectedPace.network : expectedPace.disk,
      },
      {
        upload: (bytes, packed) => this.#upload(bytes, packed),
        hashed: (files) => {
          for (const { file, sha256 } of files) this.#settleKnown(file, sha256);
        },
        cut: (file, sha256, chunks) => {
          this.#waiting.set(file, { sha256, chunks });
          this.#settleCut();
        },
        changed: (files) => {
          for (const file of files) this.#settle(file, 'changed');
        },
        abandon: () => void uploads.stop(),
        progress: (files, bytes) => {
          this.#done.files += files;
          this.#done.bytes += bytes;
          control.report({
            phase: 'packing',
            files: Math.min(this.#done.files, unread.files),
            filesTotal: unread.files,
            bytes: Math.min(this.#done.bytes, unread.bytes),
            bytesTotal: unread.bytes,
          });
        },
      },
      control.signal,
    );
    // Not a race with a promise that lives as long as the sync: it would keep every result until then.
    running.catch((error: unknown) => {
      this.#failure = { error };
      for (const batch of this.#batches) batch.fail(error);
    });
    return running;
  }

  async #upload(bytes: Uint8Array, { files, chunks }: FromPacker & { type: 'pack' }): Promise<void> {
    const { datasetId, folder, uploads } = this.#options;
    const pack = randomName();
    this.#packSizes.set(pack, bytes.length);
    const contents: PackedChunk[] = [...chunks];
    for (const { sha256, offset, length, codec, size } of chunks) {
      this.#chunks.set(sha256, { pack, offset, length, codec, size, sha256 });
    }
    for (const { file, sha256, stored } of files) {
      if (stored === undefined) this.#settleKnown(file, sha256);
      else {
        const { size } = this.#rowOf(file);
        contents.push({ ...stored, sha256, size });
        this.#settle(file, { sha256, parts: [{ pack, ...stored, size }] });
      }
    }
    this.#settleCut();
    await uploads.put(keyOf.pack(datasetId, pack), bytes);
    uploads.keep(keyOf.pack(datasetId, pack));
    await noteUploaded(folder, { dataset: datasetId, pack, size: bytes.length, contents });
  }

  /** A content that the lake has already, or a file without one. */
  #settleKnown(file: number, sha256: string): void {
    const parts = this.#options.known.contents.partsOf(sha256);
    if (parts === undefined) throw new Error(`No place in the lake for ${sha256}.`);
    this.#settle(file, { sha256, parts });
  }

  #settleCut(): void {
    for (const [file, { sha256, chunks }] of this.#waiting) {
      const parts = chunks.map((chunk) => this.#chunkOf(chunk));
      if (!parts.every((part) => part !== undefined)) continue;
      this.#waiting.delete(file);
      this.#settle(file, { sha256, parts });
    }
  }

  #chunkOf(sha256: string): Part | undefined {
    const [known] = this.#options.known.chunks.partsOf(sha256) ?? [];
    return this.#chunks.get(sha256) ?? (known && { ...known, sha256 });
  }

  #rowOf(file: number): Row {
    const batch = this.#batchOf(file);
    return batch.rows[file - batch.first] as Row;
  }

  #batchOf(file: number): Batch {
    for (const batch of this.#batches) {
      if (file >= batch.first && file < batch.first + batch.rows.length) return batch;
    }
    throw new Error(`Nobody asked for file ${file}.`);
  }

  #settle(file: number, placed: Placed | 'changed'): void {
    const batch = this.#batchOf(file);
    batch.results[file - batch.first] = placed;
    if (--batch.left > 0) return;
    this.#batches.delete(batch);
    batch.end(batch.results);
  }

  /** Waits a little, so that who writes may finish. */
  async #lookAgain(rows: Row[], attempt: number): Promise<void> {
    const { folder, control } = this.#options;
    await setTimeout(pauseBetween * 2 ** (attempt - 2), undefined, { signal: control.signal });
    for (const row of rows) {
      const found = lookAt(folder, row.path);
      if (found.kind !== 'file') throw fileChanged([row]);
      const { size, executable, mtime, ctime, inode } = found;
      Object.assign(row, { size, executable, mtime, ctime, inode, moving: true });
    }
  }
}

function isNetwork(url: string): boolean {
  return /^[a-z0-9]+:\/\//.test(url);
}

function fileChanged(rows: Row[]): ForebayError {
  const some = rows.slice(0, 3).map(({ path }) => JSON.stringify(path));
  const more = rows.length > 3 ? ` and ${rows.length - 3} more` : '';
  return new ForebayError(
    'file-changed',
    `${some.join(', ')}${more} changed again and again while being read.`,
    'Sync again once nothing writes to the folder.',
  );
}
