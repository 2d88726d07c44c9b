import { hash } from 'node:crypto';
import { ChunkPacker } from './chunkPacker.ts';
import { Compressor } from './compress.ts';
import { DigestSet } from './digestSet.ts';
import { Draft } from './draft.ts';
import { zstdPath } from './memberNames.ts';
import type { FileToPack, PackedFile, PackerData, PackerPort, Stored } from './messages.ts';
import { Pace } from './pace.ts';
import { readExactly, readStable } from './readStable.ts';
import { memberLength } from './tar.ts';

const progressEvery = 100;

/** Reads files, hashes them and lays those that the lake lacks into packs. */
export class Packer {
  readonly #folder: string;
  readonly #known: DigestSet;
  readonly #port: PackerPort;
  readonly #compressor: Compressor;
  readonly #chunks: ChunkPacker;
  #progress = { files: 0, bytes: 0, sent: 0 };

  constructor(data: PackerData, port: PackerPort) {
    this.#folder = data.folder;
    this.#known = new DigestSet(data.known);
    this.#port = port;
    this.#compressor = new Compressor(new Pace(data.pace), data.cores);
    this.#chunks = new ChunkPacker(data, this.#known, this.#compressor, port, (bytes) =>
      this.#report(0, bytes),
    );
  }

  async pack(files: FileToPack[], large: boolean): Promise<void> {
    if (large) {
      await this.#chunks.pack(files, () => this.#report(1, 0));
    } else await this.#packSmall(files);
    this.#report(0, 0, true);
    this.#port.send({ type: 'done' });
  }

  async #packSmall(files: FileToPack[]): Promise<void> {
    const draft = new Draft(await this.#port.buffer());
    const packed: PackedFile[] = [];
    const changed: number[] = [];
    for (const file of files) {
      const start = draft.contentAt(file.path, file.size);
      const content = draft.bytes.subarray(start, start + file.size);
      const result = await readStable(this.#folder, file, (descriptor) =>
        readExactly(descriptor, content, 0, file.size, 0) ? hash('sha256', content, 'buffer') : undefined,
      );
      if (result.is === 'changed') changed.push(file.file);
      if (result.is === 'unreadable') {
        this.#port.send({ type: 'unreadable', path: file.path, reason: result.reason });
      }
      if (result.is !== 'read') continue;
      const line = { file: file.file, sha256: result.value.toString('hex') };
      packed.push(
        this.#known.has(result.value) ? line : { ...line, stored: this.#lay(draft, file, content) },
      );
      this.#report(1, file.size);
    }
    if (changed.length > 0) this.#port.send({ type: 'changed', files: changed });
    const { buffer } = draft;
    if (draft.isEmpty) {
      this.#port.send({ type: 'return-buffer', buffer });
      this.#port.send({ type: 'hashed', files: packed });
      return;
    }
    this.#port.send({ type: 'pack', buffer, length: draft.finish(), files: packed, chunks: [] });
  }

  /** `content` lies where it goes if it stays as it is. */
  #lay(draft: Draft, file: FileToPack, content: Buffer): Stored {
    const path = zstdPath(file.path);
    const frame = path === undefined ? undefined : this.#compressor.compress(file.path, content);
    // The name under which it goes is longer, and might even need a header of its own.
    if (path && frame && memberLength(path, frame.length) < memberLength(file.path, file.size)) {
      const offset = draft.add({ ...file, path, size: frame.length }, frame);
      return { offset, length: frame.length, codec: 'zstd' };
    }
    return { offset: draft.add(file), length: file.size, codec: 'raw' };
  }

  #report(files: number, bytes: number, now = false): void {
    this.#progress.files += files;
    this.#progress.bytes += bytes;
    const time = performance.now();
    if (!now && time - this.#progress.sent < progressEvery) return;
    this.#port.send({ type: 'progress', files: this.#progress.files, bytes: this.#progress.bytes });
    this.#progress = { files: 0, bytes: 0, sent: time };
  }
}
