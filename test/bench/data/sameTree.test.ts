import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assertSameTree } from './sameTree.ts';

let folder: string;
let a: string;
let b: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fb-bench-test-'));
  [a, b] = [join(folder, 'a'), join(folder, 'b')];
  for (const tree of [a, b]) {
    mkdirSync(join(tree, 'in', 'empty'), { recursive: true });
    writeFileSync(join(tree, 'in', 'one'), 'one');
    symlinkSync('one', join(tree, 'in', 'link'));
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

test('equal trees pass, whatever the state of a working copy', () => {
  mkdirSync(join(a, '.forebay'));
  expect(assertSameTree(a, b)).toBe(2);
});

test.each<[string, () => void, string]>([
  ['a flipped byte', () => writeFileSync(join(b, 'in', 'one'), 'onf'), 'in/one in'],
  ['a missing file', () => rmSync(join(b, 'in', 'one')), 'in/one is missing'],
  ['a file too many', () => writeFileSync(join(b, 'two'), ''), 'two in .* is not in the source'],
  [
    'a missing empty folder',
    () => rmSync(join(b, 'in', 'empty'), { recursive: true }),
    'in/empty is missing',
  ],
  ['another mode', () => chmodSync(join(b, 'in', 'one'), 0o755), 'in/one in .* differs'],
  ['a link in place of a file', () => swap(join(b, 'in', 'one')), 'in/one in .* differs'],
])('%s is named', (_, damage, said) => {
  damage();
  expect(() => assertSameTree(a, b)).toThrow(new RegExp(said));
});

function swap(file: string) {
  rmSync(file);
  symlinkSync('elsewhere', file);
}
