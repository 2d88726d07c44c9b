import { hash } from 'node:crypto';

/** Page levels: 0 holds entries, each one above holds references to the pages of the level below. */
const leafBits = 6;
const indexBits = 8;
const leafMost = 512;
const indexMost = 1024;

/**
 * The power of two in the first 8 bytes of SHA-256(path) as a big-endian integer: how many of its lowest bits are 0.
 * 64 where all are.
 */
export function boundaryBits(path: string): number {
  const digest = hash('sha256', path, 'buffer');
  let bits = 0;
  for (let i = 7; i >= 0; i--) {
    const byte = digest[i] ?? 0;
    if (byte !== 0) return bits + (31 - Math.clz32(byte & -byte));
    bits += 8;
  }
  return bits;
}

/**
 * Whether a page of `level` ends after its `count`-th line, whose (last) path has `bits`.
 * A leaf ends where the integer is 0 modulo 64; of those last paths each higher level takes one in 256
 * (0 modulo 64 x 256^level), so that the tree narrows. Boundaries don't depend on contents (Dolt's prolly trees).
 */
export function endsPage(level: number, bits: number, count: number): boolean {
  return bits >= leafBits + indexBits * level || count >= (level === 0 ? leafMost : indexMost);
}
