import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { randomName } from '../names.ts';
import { unwritable } from '../workingCopy/workingCopy.ts';
import { encodeHeader, type Header, headerBytes } from './format.ts';

const step = 2 ** 20;

/** Writes an index beside the one that is there, and puts it in its place once all of it is known. Throws `no-space`, `file-unreadable`. */
export class IndexWriter {
  /** Where it is until then. */
  readonly path: string;
  readonly #target: string;
  readonly #file: number;
  #closed = false;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #patch = { at: 0, bytes: Buffer.allocUnsafe(64 * 1024), length: 0 };

  constructor(target: string) {
    this.#target = target;
    this.path = `${target}.${randomName()}`;
    this.#file = this.#trying(() => {
      mkdirSync(dirname(target), { recursive: true });
      return openSync(this.path, 'wx+', 0o644);
    });
    this.#append(Buffer.alloc(headerBytes));
  }

  /** A run: `encodeRun`, and what is known of its entries. */
  add(head: Uint8Array, digests: Uint8Array, states: Uint8Array): void {
    this.#append(head);
    this.#append(digests);
    this.#append(states);
  }

  /** Writes over what was added, `at` its place in the file; quick for what comes in order. */
  patch(bytes: Uint8Array, at: number): void {
    const patch = this.#patch;
    if (at !== patch.at + patch.length || patch.length + bytes.length > patch.bytes.length) {
      this.#flushPatch();
      patch.at = at;
    }
    patch.bytes.set(bytes, patch.length);
    patch.length += bytes.length;
  }

  /** What was added can be read from now on. */
  flush(): void {
    if (this.#waiting.length > 0) this.#write(Buffer.concat(this.#waiting), null);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#flushPatch();
  }

  /** From now on it is the index. */
  publish(header: Header): void {
    this.flush();
    this.#write(encodeHeader(header), 0);
    this.#trying(() => {
      fsyncSync(this.#file);
      this.#close();
      renameSync(this.path, this.#target);
    });
  }

  /** Nothing of it stays, as far as the folder lets itself be written; after `publish` it does nothing. */
  discard(): void {
    if (this.#closed) return;
    this.#close();
    try {
      rmSync(this.path, { force: true });
    } catch {
      // Leftovers of an hour ago are removed by the next sync.
    }
  }

  #close(): void {
    this.#closed = true;
    closeSync(this.#file);
  }

  #append(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= step) this.flush();
  }

  #flushPatch(): void {
    const { at, bytes, length } = this.#patch;
    if (length > 0) this.#write(bytes.subarray(0, length), at);
    this.#patch.length = 0;
  }

  #write(bytes: Uint8Array, at: number | null): void {
    this.#trying(() => {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#file, bytes, done, bytes.length - done, at === null ? null : at + done);
      }
    });
  }

  #trying<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw unwritable(this.#target, error);
    }
  }
}
