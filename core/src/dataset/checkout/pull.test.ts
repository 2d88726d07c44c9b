import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ForebayError } from '../../api/errors.ts';
import { DirectoryLake } from '../../lake/directoryLake.ts';
import { readHistory } from '../history.ts';
import { keyOf } from '../names.ts';
import { readTree } from './testing/testTree.ts';
import type { TestTree } from './testing/testVersion.ts';
import { makeTestDataset, writeTestTree } from './testing/testWorkingCopy.ts';

let world: Awaited<ReturnType<typeof makeTestDataset>>;
let mine: string;
let theirs: string;
const contents = (folder: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(readTree(folder, ['.forebay'])).map(([path, node]) => [
      path,
      typeof node === 'object' && 'content' in node ? node.content : node,
    ]),
  );

// Threads are started: that takes its time on a machine that is busy with something else.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(async () => {
  world = await makeTestDataset();
});
afterEach(() => world.remove());

/** Two working copies of the same version. */
async function diverge(tree: TestTree): Promise<void> {
  theirs = await world.begin('theirs', tree);
  await world.sync(theirs);
  mine = await world.clone('mine');
}

describe('a pull', () => {
  test('takes what the dataset changed and keeps what the folder changed, so that sync makes a version of both', async () => {
    await diverge({
      same: { content: 's' },
      'd/theirs': { content: 'old' },
      'd/mine': { content: 'old' },
      'gone/theirs': { content: 'x' },
    });
    rmSync(join(theirs, 'gone'), { recursive: true });
    writeTestTree(theirs, {
      'd/theirs': { content: 'new by them' },
      'd/added by them': { content: '+' },
      link: { target: 'd/theirs' },
      hollow: 'folder',
    });
    await world.sync(theirs);
    writeTestTree(mine, { 'd/mine': { content: 'new by me' }, 'd/added by me': { content: '++' } });
    await expect(world.sync(mine)).rejects.toMatchObject({ code: 'newer-version' });
    const pulled = await world.pull(mine);
    expect(pulled).toMatchObject({ version: 2, added: 3, changed: 1, removed: 1, conflicts: [] });
    const both = {
      same: 's',
      'd/theirs': 'new by them',
      'd/mine': 'new by me',
      'd/added by them': '+',
      'd/added by me': '++',
      hollow: 'folder',
      link: { target: 'd/theirs' },
    };
    expect(contents(mine)).toEqual(both);
    expect(await world.sync(mine)).toMatchObject({ version: 3, added: 1, changed: 1, removed: 0 });
    expect(contents(await world.clone('both'))).toEqual(both);
  });

  test('lists what both changed, and the folder keeps its own, also of the same size and time', async () => {
    await diverge({
      both: { content: 'old', mtime: 1e12 },
      deleted: { content: 'd' },
      alike: { content: 'a' },
    });
    writeTestTree(theirs, { both: { content: 'new', mtime: 2e12 }, alike: { content: 'A' } });
    rmSync(join(theirs, 'deleted'));
    await world.sync(theirs);
    writeTestTree(mine, {
      both: { content: 'own', mtime: 2e12 },
      deleted: { content: 'D' },
      alike: { content: 'A' },
    });
    expect(await world.pull(mine)).toMatchObject({
      added: 0,
      changed: 0,
      removed: 0,
      conflicts: ['both', 'deleted'],
    });
    const own = { both: 'own', deleted: 'D', alike: 'A' };
    expect(contents(mine)).toEqual(own);
    expect(await world.sync(mine)).toMatchObject({ version: 3, added: 1, changed: 1 });
    expect(contents(await world.clone('after'))).toEqual(own);
  });

  test('of a folder that changed nothing makes it the newest version, with nothing to sync', async () => {
    await diverge({ a: { content: '1' }, b: { content: '2' }, 'f/x': { content: 'x' } });
    rmSync(join(theirs, 'f/x'));
    writeTestTree(theirs, { b: { content: '3' }, f: 'folder' });
    const { digest } = await world.sync(theirs);
    await world.pull(mine);
    expect(contents(mine)).toEqual(contents(theirs));
    expect(await world.sync(mine)).toMatchObject({ version: 2, digest, uploadedBytes: 0 });
  });

  test('never puts a file where a folder of mine has something in it, nor the reverse', async () => {
    await diverge({ 'd/x': { content: '1' }, file: { content: '2' } });
    rmSync(join(theirs, 'd'), { recursive: true });
    writeTestTree(theirs, { d: { content: 'now a file' } });
    rmSync(join(theirs, 'file'));
    writeTestTree(theirs, { 'file/inside': { content: 'now a folder' } });
    await world.sync(theirs);
    writeTestTree(mine, { 'd/own': { content: 'mine' }, file: { content: 'mine too' } });
    expect((await world.pull(mine)).conflicts).toEqual(['d', 'file', 'file/inside']);
    expect(contents(mine)).toEqual({ 'd/own': 'mine', file: 'mine too' });
  });

  test('turns files into folders and folders into files where the folder has nothing against it', async () => {
    await diverge({ 'd/x': { content: '1' }, file: { content: '2' }, 'e/deep/er': { content: '3' } });
    for (const path of ['d', 'file', 'e']) rmSync(join(theirs, path), { recursive: true });
    writeTestTree(theirs, { d: { content: 'f' }, 'file/in': { content: 'g' }, e: { target: 'd' } });
    await world.sync(theirs);
    expect((await world.pull(mine)).conflicts).toEqual([]);
    expect(contents(mine)).toEqual({ d: 'f', 'file/in': 'g', e: { target: 'd' } });
  });

  test('that was cut off is done again, and what it left aside is removed', async () => {
    await diverge({ a: { content: '1' } });
    writeTestTree(theirs, { a: { content: '2' }, b: { content: '3' } });
    await world.sync(theirs);
    writeTestTree(mine, { '.forebay/staging/pull-x/a': { content: 'half' }, b: { content: '3' } });
    expect(await world.pull(mine)).toMatchObject({ added: 0, changed: 1, conflicts: [] });
    expect(contents(mine)).toEqual({ a: '2', b: '3' });
    expect(existsSync(join(mine, '.forebay/staging'))).toBe(false);
  });

  test('of a damaged version changes nothing', async () => {
    await diverge({ a: { content: '1' } });
    writeTestTree(theirs, { a: { content: '22' }, b: { content: '3' } });
    await world.sync(theirs);
    const packs = join(world.lake.url, `datasets/${world.dataset().id}/packs`);
    for await (const { key } of world.lake.list(`datasets/${world.dataset().id}/packs/`)) {
      const path = join(world.lake.url, key);
      writeFileSync(path, readFileSync(path).fill(7));
    }
    expect(packs).toBeDefined();
    await expect(world.pull(mine)).rejects.toMatchObject({ code: 'damaged' });
    expect(contents(mine)).toEqual({ a: '1' });
    expect(await world.pull(mine).catch((error) => error.code)).toBe('damaged');
  });

  test('is told before it is done, and does with a conflict what was chosen for it', async () => {
    await diverge({
      'keep.csv': { content: 'old' },
      'take.csv': { content: 'old' },
      'both.csv': { content: 'old' },
      'gone.csv': { content: 'old' },
      same: { content: 's' },
    });
    writeTestTree(theirs, {
      'keep.csv': { content: 'by them' },
      'take.csv': { content: 'by them' },
      'both.csv': { content: 'by them' },
      new: { content: 'n' },
    });
    rmSync(join(theirs, 'gone.csv'));
    await world.sync(theirs);
    const edited = ['keep.csv', 'take.csv', 'both.csv', 'gone.csv'];
    for (const path of edited) writeFileSync(join(mine, path), 'by me');
    const before = contents(mine);
    const told = await world.pull(mine, { dryRun: true });
    expect(contents(mine)).toEqual(before);
    expect(told).toMatchObject({
      version: 2,
      added: 1,
      changed: 0,
      removed: 0,
      conflicts: edited.toSorted(),
    });
    expect(
      told.clashes?.map(({ path, mine, theirs, by, choices }) => [path, mine, theirs, by.version, choices]),
    ).toEqual([
      ['both.csv', 'changed', 'changed', 2, ['mine', 'theirs', 'both']],
      ['gone.csv', 'changed', 'removed', 2, ['mine', 'theirs']],
      ['keep.csv', 'changed', 'changed', 2, ['mine', 'theirs', 'both']],
      ['take.csv', 'changed', 'changed', 2, ['mine', 'theirs', 'both']],
    ]);
    const choices = {
      'take.csv': 'theirs',
      'both.csv': 'both',
      'gone.csv': 'theirs',
      'keep.csv': 'mine',
    } as const;
    const pulled = await world.pull(mine, { choices });
    expect(pulled).toMatchObject({ added: 2, changed: 1, removed: 1, conflicts: [] });
    expect(contents(mine)).toEqual({
      'keep.csv': 'by me',
      'take.csv': 'by them',
      'both.csv': 'by me',
      'both (v2).csv': 'by them',
      same: 's',
      new: 'n',
    });
    const { replaced } = pulled;
    expect(replaced?.files).toBe(2);
    const kept = ['take.csv', 'gone.csv'].map((path) =>
      readFileSync(join(replaced?.folder ?? '', path), 'utf8'),
    );
    expect(kept).toEqual(['by me', 'by me']);
    // The folder is what comes next: nothing of it is taken for what it isn't.
    expect(await world.sync(mine)).toMatchObject({ version: 3, added: 1, changed: 2, removed: 0 });
  });

  test('takes no chosen link that leaves the folder, beside what the folder keeps', async () => {
    await diverge({
      'a/b/c': { content: 'c' },
      f: { content: 'f' },
      k: { target: 'a/b' },
      l: { target: 'f' },
    });
    rmSync(join(theirs, 'l'));
    writeTestTree(theirs, { l: { target: 'k/../../f' } });
    await world.sync(theirs);
    for (const path of ['k', 'l']) rmSync(join(mine, path));
    // Where k leads now, two folders up is outside.
    writeTestTree(mine, { k: { target: 'a' }, l: { target: 'a/b/c' } });
    expect(await world.pull(mine, { choices: { l: 'theirs' } })).toMatchObject({ conflicts: ['l'] });
    expect(contents(mine)).toMatchObject({ k: { target: 'a' }, l: { target: 'a/b/c' } });
  });

  /** v2 and v3 change a file each, and so does the folder. */
  async function divergeTwice(): Promise<void> {
    await diverge({ a: { content: 'old' }, b: { content: 'old' } });
    writeTestTree(theirs, { a: { content: 'by them' } });
    await world.sync(theirs);
    writeTestTree(theirs, { b: { content: 'by them' } });
    await world.sync(theirs);
    for (const path of ['a', 'b']) writeFileSync(join(mine, path), 'by me');
  }
  const changesOf = async (version: number) => {
    const { versions } = await readHistory(world.lake, world.dataset().id);
    const name = versions.find((each) => each.version === version)?.changes;
    return join(world.lake.url, keyOf.changes(world.dataset().id, name ?? ''));
  };
  const both = { a: 'both', b: 'both' } as const;

  test('names who changed a path as far as that can be read', async () => {
    await divergeTwice();
    rmSync(await changesOf(2));
    const { clashes } = await world.pull(mine, { choices: both });
    expect(clashes?.map(({ path, by }) => [path, by.version])).toEqual([
      ['a', 3],
      ['b', 3],
    ]);
  });

  test('that fails while the lake is asked leaves the folder as it is, so that the next one makes no second copy', async () => {
    await divergeTwice();
    const key = await changesOf(2);
    const gone = vi.spyOn(world.lake, 'get').mockImplementation((asked, options) => {
      if (key.endsWith(asked)) throw new ForebayError('lake-unreachable', 'The lake is away.');
      return DirectoryLake.prototype.get.call(world.lake, asked, options);
    });
    await expect(world.pull(mine, { choices: both })).rejects.toMatchObject({ code: 'lake-unreachable' });
    expect(contents(mine)).toEqual({ a: 'by me', b: 'by me' });
    gone.mockRestore();
    await world.pull(mine, { choices: both });
    expect(Object.keys(contents(mine))).toEqual(['a', 'a (v3)', 'b', 'b (v3)']);
  });
});
