import { closeSync, openSync, readSync } from 'node:fs';
import { decodeHeader, decodeRun, type Header, headerBytes, type RecordedRun } from './format.ts';

const step = 2 ** 20;
/** No run is longer: 1,024 names of 255 bytes, with their stats. */
const runBytesMost = 2 ** 20;

/** An index, read run after run: memory doesn't grow with it. */
export class RecordedIndex {
  readonly header: Header | undefined;
  readonly #file: number;
  #buffer = Buffer.alloc(0);
  /** In the file, of the buffer's first byte. */
  #at = headerBytes;

  private constructor(file: number, header?: Header) {
    this.#file = file;
    this.header = header;
  }

  /** Undefined where there is none, or none of this format. */
  static open(path: string): RecordedIndex | undefined {
    let file: number;
    try {
      file = openSync(path, 'r');
    } catch {
      return undefined;
    }
    const head = Buffer.alloc(headerBytes);
    const read = readSync(file, head, 0, headerBytes, 0);
    const header = read === headerBytes ? decodeHeader(head) : undefined;
    if (header) return new RecordedIndex(file, header);
    closeSync(file);
    return undefined;
  }

  /** One that is being written; see `IndexWriter.flush`. Throws errno errors. */
  static openUnfinished(path: string): RecordedIndex {
    return new RecordedIndex(openSync(path, 'r'));
  }

  /** Undefined at its end, also where it ends too early: then what would follow isn't known. */
  next(): RecordedRun | undefined {
    if (this.#buffer.length < 4 && !this.#fill(4)) return undefined;
    const length = 4 + this.#buffer.readUInt32LE(0);
    if (length > runBytesMost || !this.#fill(length)) return undefined;
    const run = decodeRun(this.#buffer.subarray(4, length), this.#at + 4);
    this.#buffer = this.#buffer.subarray(length);
    this.#at += length;
    return run;
  }

  close(): void {
    closeSync(this.#file);
  }

  #fill(length: number): boolean {
    if (this.#buffer.length >= length) return true;
    const more = Buffer.allocUnsafe(step);
    const from = this.#at + this.#buffer.length;
    const read = readSync(this.#file, more, 0, step, from);
    this.#buffer = Buffer.concat([this.#buffer, more.subarray(0, read)]);
    return this.#buffer.length >= length;
  }
}
