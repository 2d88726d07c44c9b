import { closeSync, fstatSync, readSync } from 'node:fs';
import crc32c from 'crc-32/crc32c.js';
import { openPlain } from '../readText.ts';

/** Bytes before a record: its length and the checksum of that; and after it: its own checksum. */
const before = 12;
const after = 4;
/** An event that is larger is no event. */
const largest = 1 << 30;
const blockSize = 1 << 20;

/** What a file of records holds, and what of it is damaged. */
export type TfRecord = { kind: 'record'; bytes: Buffer } | { kind: 'damaged'; problem: string };

/**
 * The records of a TFRecord file (https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details). A record
 * whose own checksum is wrong is told and skipped; after a wrong length nothing can be found any more. The last one may be
 * cut: somebody is writing it, or died while doing so.
 */
export function* recordsOf(path: string): Generator<TfRecord> {
  const file = openPlain(path);
  try {
    const { size } = fstatSync(file);
    const reader = new Reader(file);
    for (let number = 1, at = 0; at + before <= size; number += 1) {
      const head = reader.read(before);
      if (head === undefined) return;
      const length = Number(head.readBigUInt64LE(0));
      const where = `record ${number} at byte ${at}`;
      if (head.readUInt32LE(8) !== maskedCrc(head.subarray(0, 8)) || length > largest) {
        yield { kind: 'damaged', problem: `${where} is damaged; it and what follows were left out.` };
        return;
      }
      if (at + before + length + after > size) return;
      const body = reader.read(length + after);
      if (body === undefined) return;
      const bytes = body.subarray(0, length);
      yield body.readUInt32LE(length) === maskedCrc(bytes)
        ? { kind: 'record', bytes }
        : { kind: 'damaged', problem: `${where} is damaged, and was left out.` };
      at += before + length + after;
    }
  } finally {
    closeSync(file);
  }
}

/** As TensorFlow masks it, so that a checksum of data that holds checksums is one too. */
export function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c.buf(bytes) >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** Reads in blocks: events are some 50 bytes. */
class Reader {
  readonly #file: number;
  #block: Buffer = Buffer.alloc(0);

  constructor(file: number) {
    this.#file = file;
  }

  /** Undefined where the file ends before that. */
  read(count: number): Buffer | undefined {
    if (this.#block.length < count) {
      const wanted = Math.max(blockSize, count) - this.#block.length;
      const more = Buffer.allocUnsafe(wanted);
      const got = readSync(this.#file, more, 0, wanted, null);
      this.#block = Buffer.concat([this.#block, more.subarray(0, got)]);
      if (this.#block.length < count) return undefined;
    }
    const bytes = this.#block.subarray(0, count);
    this.#block = this.#block.subarray(count);
    return bytes;
  }
}
