import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { HashTable } from './table.ts';

const randomKey = () => Uint32Array.from([0, 4, 8, 12], (at) => randomBytes(16).readUInt32LE(at));

test('gives back every hash, however many there are, and none for what it was not told', () => {
  const table = new HashTable();
  const known = Array.from({ length: 20_000 }, () => [randomKey(), randomBytes(32)] as const);
  for (const [key, hash] of known) table.set(key, hash);
  expect(known.filter(([key, hash]) => table.get(key) !== hash.toString('hex'))).toEqual([]);
  expect(table.get(randomKey())).toBeUndefined();
});

test('keys that fall into one slot are kept apart', () => {
  const table = new HashTable();
  const keys = Array.from({ length: 50 }, (_, at) => Uint32Array.of(7, 0, 0, at));
  for (const [at, key] of keys.entries()) table.set(key, Buffer.alloc(32, at + 1));
  for (const [at, key] of keys.entries())
    expect(table.get(key)).toBe(Buffer.alloc(32, at + 1).toString('hex'));
});

test('where two have learned different hashes, neither is believed', () => {
  const table = new HashTable();
  const key = randomKey();
  table.set(key, Buffer.alloc(32, 1));
  table.set(key, Buffer.alloc(32, 1));
  expect(table.get(key)).toBe('01'.repeat(32));
  table.set(key, Buffer.alloc(32, 2));
  expect(table.get(key)).toBeUndefined();
  table.set(key, Buffer.alloc(32, 2));
  expect(table.get(key)).toBeUndefined();
});
