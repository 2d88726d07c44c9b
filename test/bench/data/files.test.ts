import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeFiles, contentOf, makeFiles, pathOf, sizeOf, spread } from './files.ts';
import { assertSameTree } from './sameTree.ts';

const spec = { count: 1200, min: 400, max: 1600 };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fb-bench-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the files of the benchmark', () => {
  test('are the same in every run', () => {
    const [a, b] = [join(folder, 'a'), join(folder, 'b')];
    expect(makeFiles(a, spec)).toBe(makeFiles(b, spec));
    expect(assertSameTree(a, b)).toBe(spec.count);
  });

  test('have sizes over the whole range', () => {
    const sizes = Array.from({ length: spec.count }, (_, index) => sizeOf(index, spec));
    expect(Math.min(...sizes)).toBeLessThan(spec.min + 20);
    expect(Math.max(...sizes)).toBeGreaterThan(spec.max - 20);
    expect(sizes.every((size) => size >= spec.min && size <= spec.max)).toBe(true);
  });

  test('neither compress nor repeat', () => {
    const content = contentOf(7, 0, 3_000_000);
    expect(content.length).toBe(3_000_000);
    expect(zstdCompressSync(content).length).toBeGreaterThan(content.length);
    expect(contentOf(8, 0, 1000).equals(contentOf(7, 0, 1000))).toBe(false);
    expect(contentOf(7, 1, 1000).equals(contentOf(7, 0, 1000))).toBe(false);
  });

  test('change in exactly as many places as asked', () => {
    const [a, b] = [join(folder, 'a'), join(folder, 'b')];
    makeFiles(a, spec);
    makeFiles(b, spec);
    changeFiles(b, spec, 12, 1);
    const changed = new Set(spread(spec.count, 12, 1));
    expect(changed.size).toBe(12);
    expect(() => assertSameTree(a, b)).toThrow(pathOf(1));
    changeFiles(a, spec, 12, 1);
    expect(assertSameTree(a, b)).toBe(spec.count);
  });
});
