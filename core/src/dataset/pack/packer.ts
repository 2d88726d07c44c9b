import { createHash, hash } from 'node:crypto';
import { DigestSet } from './digestSet.ts';
import type { FileToPack, FromPacker, PackedFile, PackerData } from './messages.ts';
import { partBytes, partPath } from './plan.ts';
import { readExactly, readStable } from './readStable.ts';
import { headerLength, padded, trailer, writeHeader } from './tar.ts';

/** How a packer reaches the one it works for, in another thread or in the same. */
export interface PackerPort {
  send(message: FromPacker, transfer?: ArrayBuffer[]): void;
  /** An empty buffer of a pack's size; waits while all are on their way to the lake. */
  buffer(): Promise<ArrayBuffer>;
}

const hashStep = 2 ** 20;
const progressEvery = 100;

/** Reads files, hashes them and lays those that the lake lacks into packs. */
export class Packer {
  readonly #folder: string;
  readonly #known: DigestSet;
  readonly #port: PackerPort;
  #progress = { files: 0, bytes: 0, sent: 0 };

  constructor(data: PackerData, port: PackerPort) {
    this.#folder = data.folder;
    this.#known = new DigestSet(data.known);
    this.#port = port;
  }

  async pack(files: FileToPack[], large: boolean): Promise<void> {
    if (large) for (const file of files) await this.#packLarge(file);
    else await this.#packSmall(files);
    this.#report(0, 0, true);
    this.#port.send({ type: 'done' });
  }

  async #packSmall(files: FileToPack[]): Promise<void> {
    const buffer = await this.#port.buffer();
    const target = Buffer.from(buffer);
    const packed: PackedFile[] = [];
    const changed: number[] = [];
    let end = 0;
    let content = 0;
    for (const file of files) {
      const start = end + headerLength(file.path, file.size);
      const result = await readStable(this.#folder, file, (descriptor) =>
        readExactly(descriptor, target, start, file.size, 0)
          ? hash('sha256', target.subarray(start, start + file.size), 'buffer')
          : undefined,
      );
      if (result.is === 'changed') changed.push(file.file);
      if (result.is === 'unreadable') {
        this.#port.send({ type: 'unreadable', path: file.path, reason: result.reason });
      }
      if (result.is !== 'read') continue;
      const there = this.#known.has(result.value);
      packed.push({ file: file.file, sha256: result.value.toString('hex'), offset: there ? -1 : start });
      if (!there) {
        writeHeader(target, end, file);
        end = start + padded(file.size);
        target.fill(0, start + file.size, end);
        content += file.size;
      }
      this.#report(1, file.size);
    }
    if (changed.length > 0) this.#port.send({ type: 'changed', files: changed });
    if (content === 0) {
      this.#port.send({ type: 'return-buffer', buffer }, [buffer]);
      this.#port.send({ type: 'hashed', files: packed });
      return;
    }
    target.fill(0, end, end + trailer);
    this.#port.send({ type: 'pack', buffer, length: end + trailer, files: packed }, [buffer]);
  }

  async #packLarge(file: FileToPack): Promise<void> {
    const result = await readStable(this.#folder, file, async (descriptor) => {
      const known = this.#hashLarge(descriptor, file);
      if (known && this.#known.has(known)) return { sha256: known, offset: -1 };
      const sha256 = await this.#packParts(descriptor, file);
      return sha256 && { sha256, offset: 0 };
    });
    if (result.is === 'changed') this.#port.send({ type: 'changed', files: [file.file] });
    if (result.is === 'unreadable') {
      this.#port.send({ type: 'unreadable', path: file.path, reason: result.reason });
    }
    if (result.is !== 'read') return;
    const { sha256, offset } = result.value;
    this.#report(1, offset < 0 ? file.size : 0);
    this.#port.send({ type: 'hashed', files: [{ file: file.file, sha256: sha256.toString('hex'), offset }] });
  }

  /** Reading twice is dear, so only where the lake may have the content. */
  #hashLarge(descriptor: number, file: FileToPack): Buffer | undefined {
    if (this.#known.size === 0) return undefined;
    const step = Buffer.allocUnsafe(hashStep);
    const whole = createHash('sha256');
    for (let at = 0; at < file.size; at += hashStep) {
      const size = Math.min(hashStep, file.size - at);
      if (!readExactly(descriptor, step, 0, size, at)) return undefined;
      whole.update(step.subarray(0, size));
    }
    return whole.digest();
  }

  async #packParts(descriptor: number, file: FileToPack): Promise<Buffer | undefined> {
    const whole = createHash('sha256');
    for (let at = 0, number = 1; at < file.size; at += partBytes, number++) {
      const size = Math.min(partBytes, file.size - at);
      const buffer = await this.#port.buffer();
      const target = Buffer.from(buffer);
      const start = writeHeader(target, 0, { ...file, path: partPath(file.path, number), size });
      if (!readExactly(descriptor, target, start, size, at)) return undefined;
      whole.update(target.subarray(start, start + size));
      const end = start + padded(size);
      target.fill(0, start + size, end + trailer);
      const part = { file: file.file, offset: start, size };
      this.#port.send({ type: 'pack', buffer, length: end + trailer, files: [], part }, [buffer]);
      this.#report(0, size);
    }
    return whole.digest();
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
