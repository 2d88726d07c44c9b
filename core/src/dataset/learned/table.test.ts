import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { HashTable } from './table.ts';

test('gives back every hash, however many there are, and none for what it was not told', () => {
  const table = new HashTable();
  const known = Array.from({ length: 20_000 }, () => [randomBytes(16), randomBytes(32)] as const);
  for (const [key, hash] of known) table.set(key, hash);
  for (const [key, hash] of known) expect(table.get(key)).toBe(hash.toString('hex'));
  expect(table.get(randomBytes(16))).toBeUndefined();
});

test('keys that fall into one slot are kept apart', () => {
  const table = new HashTable();
  const keys = Array.from({ length: 50 }, (_, at) =>
    Buffer.concat([Buffer.alloc(12), Buffer.from([at + 1, 0, 0, 0])]),
  );
  for (const [at, key] of keys.entries()) table.set(key, Buffer.alloc(32, at + 1));
  for (const [at, key] of keys.entries())
    expect(table.get(key)).toBe(Buffer.alloc(32, at + 1).toString('hex'));
});

test('where two have learned different hashes, neither is believed', () => {
  const table = new HashTable();
  const key = randomBytes(16);
  table.set(key, Buffer.alloc(32, 1));
  table.set(key, Buffer.alloc(32, 1));
  expect(table.get(key)).toBe('01'.repeat(32));
  table.set(key, Buffer.alloc(32, 2));
  expect(table.get(key)).toBeUndefined();
  table.set(key, Buffer.alloc(32, 2));
  expect(table.get(key)).toBeUndefined();
});
