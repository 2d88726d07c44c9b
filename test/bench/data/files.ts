import { createCipheriv, hash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `count` files of `min` to `max` bytes each. */
export interface FileSpec {
  count: number;
  min: number;
  max: number;
}

const filesPerFolder = 500;

export function pathOf(index: number): string {
  const folder = String(Math.floor(index / filesPerFolder)).padStart(4, '0');
  return `part-${folder}/${String(index).padStart(6, '0')}.bin`;
}

/** Bytes of file `index`: evenly spread over the range, and the same in every run. */
export function sizeOf(index: number, { min, max }: FileSpec): number {
  const random = Buffer.from(hash('sha256', `size ${index}`, 'buffer')).readUInt32BE() / 2 ** 32;
  return min + Math.floor(random * (max - min + 1));
}

const zeros = Buffer.alloc(1 << 20);

/** A keystream of AES: nothing compresses it, no two files share a byte run, and every run makes the same. */
export function contentOf(index: number, variant: number, size: number): Buffer {
  const start = Buffer.alloc(16);
  start.writeUInt32BE(index, 0);
  start.writeUInt32BE(variant, 4);
  const stream = createCipheriv('aes-128-ctr', 'forebay bench 01', start);
  const pieces: Buffer[] = [];
  for (let left = size; left > 0; left -= zeros.length) pieces.push(stream.update(zeros.subarray(0, left)));
  return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
}

/** Writes the files in folders of 500; answers their bytes together. */
export function makeFiles(folder: string, spec: FileSpec): number {
  let bytes = 0;
  for (let index = 0; index < spec.count; index++) {
    if (index % filesPerFolder === 0) mkdirSync(join(folder, pathOf(index), '..'), { recursive: true });
    bytes += writeVariant(folder, spec, index, 0);
  }
  return bytes;
}

/** Gives `count` files, evenly spread, other bytes of the same size; `variant` tells one change from another. */
export function changeFiles(folder: string, spec: FileSpec, count: number, variant: number): void {
  for (const index of spread(spec.count, count, variant)) writeVariant(folder, spec, index, variant);
}

/** `count` of the numbers below `of`, evenly spread. */
export function spread(of: number, count: number, offset: number): number[] {
  return Array.from({ length: count }, (_, i) => (Math.floor((i * of) / count) + offset) % of);
}

function writeVariant(folder: string, spec: FileSpec, index: number, variant: number): number {
  const size = sizeOf(index, spec);
  writeFileSync(join(folder, pathOf(index)), contentOf(index, variant, size));
  return size;
}
