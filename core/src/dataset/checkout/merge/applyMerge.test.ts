import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Entry } from '../../entry.ts';
import { scanFolder } from '../../scan/scan.ts';
import { testControl } from '../testing/testVersion.ts';
import { applyMerge } from './applyMerge.ts';
import { Mine } from './mine.ts';

let folder: string;
let staging: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forebay-apply-'));
  staging = join(folder, '.forebay', 'staging');
  mkdirSync(staging, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (path: string): Entry => ({
  kind: 'file',
  path,
  size: 6,
  executable: false,
  mtime: 0,
  sha256: 'x',
  parts: [],
});

async function scan(): Promise<Mine> {
  const tree = await scanFolder(folder, testControl());
  const digests = new Map(tree.paths.map((path) => [path, 'ab'.repeat(32)]));
  return new Mine(folder, tree, digests);
}

describe('what a person does while a pull is at work', () => {
  test('stays: a file written, made or removed since the scan is listed and left alone', async () => {
    for (const name of ['changed', 'removed', 'untouched']) writeFileSync(join(folder, name), 'before');
    const mine = await scan();
    writeFileSync(join(folder, 'changed'), 'by hand');
    writeFileSync(join(folder, 'made'), 'by hand');
    rmSync(join(folder, 'removed'));
    const wanted = ['changed', 'made', 'removed', 'untouched'];
    for (const name of wanted) writeFileSync(join(staging, name), 'theirs');
    const take = wanted.map((path) => ({ path, base: 'b', mine: mine.at(path), theirs: 't' }));
    const theirs = new Map(wanted.map((path) => [path, file(path)]));
    const applied = applyMerge({ folder, staging, take, theirs, mine });
    expect(applied).toMatchObject({ added: 0, changed: 1, conflicts: ['changed', 'made', 'removed'] });
    const contents = ['changed', 'made', 'untouched'].map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(contents).toEqual(['by hand', 'by hand', 'theirs']);
  });

  test('keeps a file from being removed', async () => {
    writeFileSync(join(folder, 'a'), 'before');
    const mine = await scan();
    writeFileSync(join(folder, 'a'), 'by hand');
    const take = [{ path: 'a', base: 'b', mine: 'b', theirs: undefined }];
    expect(applyMerge({ folder, staging, take, theirs: new Map(), mine }).conflicts).toEqual(['a']);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('by hand');
  });

  test('is not taken for what was hashed before', async () => {
    writeFileSync(join(folder, 'a'), 'before');
    writeFileSync(join(folder, 'b'), 'before');
    const mine = await scan();
    writeFileSync(join(folder, 'a'), 'beFore and after');
    const now = await scan();
    const known = ['a', 'b'].map((path) => {
      const found = now.found(path);
      return found && mine.knownDigest(found);
    });
    expect(known).toEqual([undefined, 'ab'.repeat(32)]);
  });
});
