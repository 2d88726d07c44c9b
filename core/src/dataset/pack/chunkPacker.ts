import { createHash, hash } from 'node:crypto';
import type { Compressor } from './compress.ts';
import { Cutter, cutSizes } from './cut.ts';
import { DigestSet } from './digestSet.ts';
import { Draft } from './draft.ts';
import { partPath } from './memberNames.ts';
import type { FileToPack, PackedChunk, PackerData, PackerPort } from './messages.ts';
import { readExactly, readStable } from './readStable.ts';

const step = 2 ** 20;

/** Cuts large files into chunks, and lays those that the lake lacks into packs, one behind another. */
export class ChunkPacker {
  readonly #folder: string;
  readonly #files: DigestSet;
  readonly #known: DigestSet;
  /** Of this packer, hex. */
  readonly #laid = new Set<string>();
  readonly #compressor: Compressor;
  readonly #port: PackerPort;
  readonly #read: (bytes: number) => void;
  readonly #step = Buffer.allocUnsafeSlow(step);
  #draft: Draft | undefined;
  #chunks: PackedChunk[] = [];

  constructor(
    data: PackerData,
    files: DigestSet,
    compressor: Compressor,
    port: PackerPort,
    /** Hears of bytes that were read. */
    read: (bytes: number) => void,
  ) {
    this.#folder = data.folder;
    this.#files = files;
    this.#known = new DigestSet(data.knownChunks);
    this.#compressor = compressor;
    this.#port = port;
    this.#read = read;
  }

  /** `done` hears of each file. */
  async pack(files: FileToPack[], done: () => void): Promise<void> {
    for (const file of files) {
      const result = await readStable(this.#folder, file, async (descriptor) => {
        const whole = file.asWhole ? await this.#hash(descriptor, file) : undefined;
        if (whole && this.#files.has(whole)) return { sha256: whole, chunks: undefined };
        return this.#cut(descriptor, file);
      });
      if (result.is === 'changed') this.#port.send({ type: 'changed', files: [file.file] });
      if (result.is === 'unreadable') {
        this.#port.send({ type: 'unreadable', path: file.path, reason: result.reason });
      }
      if (result.is !== 'read') continue;
      const { chunks } = result.value;
      const line = { file: file.file, sha256: result.value.sha256.toString('hex') };
      if (chunks) this.#port.send({ type: 'cut', ...line, chunks });
      else {
        this.#read(file.size);
        this.#port.send({ type: 'hashed', files: [line] });
      }
      done();
    }
    this.#sendDraft();
  }

  async #hash(descriptor: number, file: FileToPack): Promise<Buffer | undefined> {
    const whole = createHash('sha256');
    const done = await this.#readThrough(descriptor, file, (bytes) => void whole.update(bytes));
    return done ? whole.digest() : undefined;
  }

  async #cut(
    descriptor: number,
    file: FileToPack,
  ): Promise<{ sha256: Buffer; chunks: string[] } | undefined> {
    const whole = createHash('sha256');
    const chunks: string[] = [];
    const cutter = new Cutter();
    let length = 0;
    const done = await this.#readThrough(descriptor, file, async (bytes, isLast) => {
      whole.update(bytes);
      for (let from = 0; from < bytes.length; ) {
        const cut = cutter.next(bytes, from, bytes.length);
        const until = cut < 0 ? bytes.length : cut;
        const path = partPath(file.path, chunks.length + 1);
        const draft = await this.#draftFor(path);
        const start = draft.contentAt(path, cutSizes.most);
        bytes.copy(draft.bytes, start + length, from, until);
        length += until - from;
        from = until;
        if (cut < 0 && !(isLast && from === bytes.length)) continue;
        chunks.push(this.#lay(draft, file, chunks.length + 1, draft.bytes.subarray(start, start + length)));
        length = 0;
      }
      this.#read(bytes.length);
    });
    return done ? { sha256: whole.digest(), chunks } : undefined;
  }

  /** False where the file ends early. */
  async #readThrough(
    descriptor: number,
    { size }: FileToPack,
    take: (bytes: Buffer, isLast: boolean) => void | Promise<void>,
  ): Promise<boolean> {
    for (let at = 0; at < size; at += step) {
      const bytes = this.#step.subarray(0, Math.min(step, size - at));
      if (!readExactly(descriptor, bytes, 0, bytes.length, at)) return false;
      await take(bytes, at + step >= size);
    }
    return true;
  }

  /** Adds a chunk, whose content lies where it goes if it stays as it is, unless it is there already; its hash. */
  #lay(draft: Draft, file: FileToPack, number: number, content: Buffer): string {
    const digest = hash('sha256', content, 'buffer');
    const sha256 = digest.toString('hex');
    if (this.#known.has(digest) || this.#laid.has(sha256)) return sha256;
    this.#laid.add(sha256);
    const frame = this.#compressor.compress(file.path, content);
    const { length } = frame ?? content;
    const member = { ...file, path: partPath(file.path, number, frame !== undefined), size: length };
    const offset = draft.add(member, frame);
    const codec = frame ? 'zstd' : 'raw';
    this.#chunks.push({ sha256, offset, length, codec, size: content.length });
    return sha256;
  }

  /** A pack in which the largest chunk has room: one that has begun stays the same until a chunk ends. */
  async #draftFor(path: string): Promise<Draft> {
    if (this.#draft && !this.#draft.holds(path, cutSizes.most)) this.#sendDraft();
    this.#draft ??= new Draft(await this.#port.buffer());
    return this.#draft;
  }

  #sendDraft(): void {
    const draft = this.#draft;
    if (!draft) return;
    this.#draft = undefined;
    const { buffer } = draft;
    const chunks = this.#chunks;
    this.#chunks = [];
    if (draft.isEmpty) this.#port.send({ type: 'return-buffer', buffer });
    else this.#port.send({ type: 'pack', buffer, length: draft.finish(), files: [], chunks });
  }
}
