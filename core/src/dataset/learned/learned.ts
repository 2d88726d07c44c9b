import { hash } from 'node:crypto';
import type { Lake } from '../../lake/lake.ts';
import type { Entry, FileEntry, Origin } from '../entry.ts';
import { compress, decompress, parseJson } from '../manifest/codec.ts';
import { keyOf, randomName } from '../names.ts';
import { HashTable } from './table.ts';

/** Hashes of one object of the lake: a few megabytes of text. */
const linesMost = 20_000;

/**
 * What the contents of imported objects were when somebody read them: a manifest names such objects by ETag alone.
 * Only a help: what can't be read or written is passed over. The lake is asked when the first unread object comes by.
 */
export class Learned {
  readonly #lake: Lake;
  readonly #datasetId: string;
  readonly #signal: AbortSignal;
  #table: Promise<HashTable> | undefined;
  #lines: string[] = [];
  #writing: Promise<unknown> = Promise.resolve();

  constructor(lake: Lake, datasetId: string, signal: AbortSignal) {
    this.#lake = lake;
    this.#datasetId = datasetId;
    this.#signal = signal;
  }

  /** The entries, those of imported objects with their hashes as far as they are known. */
  async *fill(entries: AsyncIterable<Entry>): AsyncGenerator<Entry> {
    for await (const entry of entries) {
      yield isUnread(entry) ? await this.#withHash(entry) : entry;
    }
  }

  /** As `fill`, a page at a time. */
  async *fillLeaves(leaves: AsyncIterable<Entry[]>): AsyncGenerator<Entry[]> {
    for await (const entries of leaves) yield await this.fillLeaf(entries);
  }

  async fillLeaf(entries: Entry[]): Promise<Entry[]> {
    if (!entries.some(isUnread)) return entries;
    return Promise.all(entries.map((entry) => (isUnread(entry) ? this.#withHash(entry) : entry)));
  }

  async hashOf(origin: Origin): Promise<string | undefined> {
    this.#table ??= this.#read();
    return (await this.#table).get(keyFor(origin));
  }

  /** The object was just read from its first byte to its last. */
  note({ origin, sha256 }: FileEntry, hex: string): void {
    if (origin === undefined || sha256 !== null) return;
    this.#table ??= this.#read();
    const learned = this.#table.then((table) => table.set(keyFor(origin), Buffer.from(hex, 'hex')));
    learned.catch(() => undefined);
    this.#lines.push(`${JSON.stringify([origin.url, origin.etag, origin.versionId, `sha256:${hex}`])}\n`);
    if (this.#lines.length >= linesMost) this.#write();
  }

  /** Writes down what was noted, if it can be. */
  async save(): Promise<void> {
    if (this.#lines.length > 0) this.#write();
    await this.#writing;
  }

  #write(): void {
    const key = `${keyOf.learned(this.#datasetId)}${randomName()}`;
    const frame = compress(this.#lines.join(''));
    this.#lines = [];
    const before = this.#writing;
    const signal = this.#signal;
    this.#writing = before.then(() => this.#lake.put(key, frame, { signal }).catch(() => undefined));
  }

  async #withHash(entry: FileEntry): Promise<FileEntry> {
    const sha256 = entry.origin && (await this.hashOf(entry.origin));
    return sha256 === undefined ? entry : { ...entry, sha256 };
  }

  async #read(): Promise<HashTable> {
    const table = new HashTable();
    try {
      for await (const { key } of this.#lake.list(keyOf.learned(this.#datasetId), { signal: this.#signal })) {
        const bytes = await this.#lake.get(key, { signal: this.#signal });
        if (bytes) addLines(table, bytes, key);
      }
    } catch (error) {
      if (this.#signal.aborted) throw error;
    }
    return table;
  }
}

function isUnread(entry: Entry): entry is FileEntry {
  return entry.kind === 'file' && entry.sha256 === null;
}

function addLines(table: HashTable, bytes: Uint8Array, key: string): void {
  try {
    for (const line of decompress(bytes, key).split('\n')) {
      const item = line === '' ? undefined : parseJson(line, key);
      if (!Array.isArray(item)) continue;
      const [url, etag, versionId, content] = item;
      const hex = /^sha256:([0-9a-f]{64})$/.exec(String(content))?.[1];
      if (hex) table.set(keyFor({ url, etag, versionId }), Buffer.from(hex, 'hex'));
    }
  } catch {
    // One that is damaged teaches nothing.
  }
}

function keyFor({ url, etag, versionId }: Origin): Uint32Array {
  const digest = hash('sha256', JSON.stringify([url, etag, versionId]), 'buffer');
  return Uint32Array.from([0, 4, 8, 12], (at) => digest.readUInt32LE(at));
}
