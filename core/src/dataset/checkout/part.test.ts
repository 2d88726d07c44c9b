import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Selection } from '../../api/schemas.ts';
import { readTree } from './testing/testTree.ts';
import { type TestTree, testControl } from './testing/testVersion.ts';
import { makeTestDataset, writeTestTree } from './testing/testWorkingCopy.ts';

let world: Awaited<ReturnType<typeof makeTestDataset>>;
let whole: string;
// Threads are started: that takes its time on a machine that is busy with something else.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(async () => {
  world = await makeTestDataset();
});
afterEach(() => world.remove());

const contents = (folder: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(readTree(folder, ['.forebay'])).map(([path, node]) => [
      path,
      typeof node === 'object' && 'content' in node ? node.content : node,
    ]),
  );

const tree: TestTree = {
  'images/1.png': { content: 'one' },
  'images/2.png': { content: 'two' },
  'images/raw/3.png': { content: 'three' },
  'labels.csv': { content: 'labels' },
  'notes/a.txt': { content: 'a' },
  'notes/empty': 'folder',
  'to labels': { target: 'labels.csv' },
};
const images: Selection = { include: ['images/**'], exclude: ['raw/'] };

/** The whole in one folder, a part of it in another. */
async function cloned(selection: Selection = images, base: TestTree = tree): Promise<string> {
  whole = await world.begin('whole', base);
  await world.sync(whole);
  return world.clone('part', undefined, testControl(), selection);
}

const expected = (changes: TestTree, without: string[] = []): Record<string, unknown> => {
  const all = { ...tree, ...changes };
  const left = Object.entries(all).filter(([path]) => !without.includes(path));
  return Object.fromEntries(
    left.map(([path, node]) => [path, typeof node === 'object' && 'content' in node ? node.content : node]),
  );
};

describe('a working copy of a part', () => {
  test('has what is selected, and is in step with its version', async () => {
    const part = await cloned();
    expect(contents(part)).toEqual({ 'images/1.png': 'one', 'images/2.png': 'two' });
    const state = JSON.parse(readFileSync(join(part, '.forebay/working-copy.json'), 'utf8'));
    expect(state).toMatchObject({ format: 2, base: 1, selection: images });
    expect(await world.sync(part)).toMatchObject({ version: 1, added: 0, uploadedBytes: 0 });
  });

  test('of nothing is refused, naming the globs, and leaves no folder', async () => {
    await cloned();
    const nothing = world.clone('none', undefined, testControl(), { include: ['*.jpg'], exclude: ['a'] });
    await expect(nothing).rejects.toMatchObject({
      code: 'path-unknown',
      message: "Nothing of t@v1 is selected by --include '*.jpg' --exclude 'a'.",
    });
    expect(existsSync(join(world.folder, 'none'))).toBe(false);
  });

  test('makes a version in which whatever is outside it is as it was', async () => {
    const part = await cloned();
    rmSync(join(part, 'images/1.png'));
    const changes: TestTree = {
      'images/2.png': { content: 'TWO' },
      'images/4.png': { content: 'four' },
      'images/raw/5.png': { content: 'outside' },
      'notes/empty/b.txt': { content: 'b' },
    };
    writeTestTree(part, changes);
    const made = await world.sync(part);
    // The empty folder gave way to what is in it now.
    expect(made).toMatchObject({ version: 2, files: 7, added: 3, changed: 1, removed: 2 });
    expect(contents(await world.clone('after'))).toEqual(expected(changes, ['images/1.png', 'notes/empty']));
    expect(await world.sync(part)).toMatchObject({ version: 2, uploadedBytes: 0 });
  });

  test('answers for what it put outside its part from then on', async () => {
    const part = await cloned();
    writeTestTree(part, { 'notes/mine.txt': { content: 'first' }, 'notes/other.txt': { content: 'o' } });
    await world.sync(part);
    writeTestTree(part, { 'notes/mine.txt': { content: 'second' } });
    rmSync(join(part, 'notes/other.txt'));
    expect(await world.sync(part)).toMatchObject({ version: 3, changed: 1, removed: 1 });
    expect(contents(await world.clone('after'))).toEqual(
      expected({ 'notes/mine.txt': { content: 'second' } }),
    );
  });

  test('that lost its index removes nothing that it can not be sure of', async () => {
    const part = await cloned();
    writeTestTree(part, { 'notes/mine.txt': { content: 'm' } });
    await world.sync(part);
    rmSync(join(part, '.forebay/index'));
    rmSync(join(part, 'notes'), { recursive: true });
    rmSync(join(part, 'images/1.png'));
    expect(await world.sync(part)).toMatchObject({ version: 3, removed: 1 });
    expect(contents(await world.clone('after'))).toEqual(
      expected({ 'notes/mine.txt': { content: 'm' } }, ['images/1.png']),
    );
  });

  test.each<[string, TestTree, RegExp]>([
    [
      'another file',
      { 'labels.csv': { content: 'mine!!' } },
      /"labels.csv" is new in this folder, but t@v1 has another/,
    ],
    ['a link', { 'to labels': { target: 'images/1.png' } }, /"to labels" is new/],
    [
      'a file where a folder is',
      { notes: { content: 'x' } },
      /"notes" of this folder can't be .* beside "notes\/a.txt"/,
    ],
    [
      'a folder where a file is',
      { 'labels.csv/x': { content: 'x' } },
      /"labels.csv\/x" of this folder .* beside "labels.csv"/,
    ],
  ])('refuses to put %s in the place of what it does not have', async (_, change, sentence) => {
    const part = await cloned();
    writeTestTree(part, change);
    await expect(world.sync(part)).rejects.toMatchObject({
      code: 'merge-conflict',
      message: expect.stringMatching(sentence),
    });
  });

  test('takes a file that is the same as the one outside for that one', async () => {
    const part = await cloned();
    writeTestTree(part, { 'labels.csv': { content: 'labels' }, 'images/1.png': { content: '1' } });
    expect(await world.sync(part)).toMatchObject({ added: 0, changed: 1, removed: 0 });
    expect(contents(await world.clone('after'))).toEqual(expected({ 'images/1.png': { content: '1' } }));
  });

  test('keeps a folder that is empty here and not in the version', async () => {
    const part = await cloned();
    rmSync(join(part, 'images/1.png'));
    rmSync(join(part, 'images/2.png'));
    mkdirSync(join(part, 'notes'));
    expect(await world.sync(part)).toMatchObject({ added: 0, removed: 2 });
    expect(contents(await world.clone('after'))).toEqual(expected({}, ['images/1.png', 'images/2.png']));
  });

  test('pulls what is inside, and what it has itself', async () => {
    const part = await cloned();
    writeTestTree(part, { 'notes/mine.txt': { content: 'mine' } });
    writeTestTree(whole, {
      'images/1.png': { content: 'ONE' },
      'images/6.png': { content: 'six' },
      'labels.csv': { content: 'LABELS' },
      'notes/mine.txt': { content: 'theirs' },
    });
    await world.sync(whole);
    await expect(world.sync(part)).rejects.toMatchObject({ code: 'newer-version' });
    expect(await world.pull(part)).toMatchObject({
      version: 2,
      added: 1,
      changed: 1,
      removed: 0,
      conflicts: ['notes/mine.txt'],
    });
    expect(contents(part)).toEqual({
      'images/1.png': 'ONE',
      'images/2.png': 'two',
      'images/6.png': 'six',
      'notes/mine.txt': 'mine',
    });
    // The person has seen the conflict: what the folder has now counts.
    expect(await world.sync(part)).toMatchObject({ version: 3, added: 0, changed: 1, removed: 0 });
    expect(await world.pull(whole)).toMatchObject({ version: 3, changed: 1, conflicts: [] });
  });

  test('with --replace reverts nothing outside it that came between', async () => {
    const part = await cloned();
    writeTestTree(whole, { 'labels.csv': { content: 'LABELS' }, 'images/1.png': { content: 'ONE' } });
    await world.sync(whole);
    writeTestTree(part, { 'images/2.png': { content: 'TWO' } });
    expect(await world.sync(part, true)).toMatchObject({ version: 3, changed: 2, removed: 0 });
    expect(contents(await world.clone('after'))).toEqual(
      expected({ 'labels.csv': { content: 'LABELS' }, 'images/2.png': { content: 'TWO' } }),
    );
  });

  test('has the ignore files of the version, so that they count', async () => {
    const part = await cloned(images, { ...tree, '.forebayignore': { content: '*.tmp\n' } });
    writeTestTree(part, { 'images/x.tmp': { content: 'x' } });
    expect(await world.sync(part)).toMatchObject({ version: 1 });
    expect(Object.keys(contents(part))).toContain('.forebayignore');
  });

  test('may select links whose targets it does not have', async () => {
    const part = await cloned({ include: ['to*'], exclude: [] });
    expect(readTree(part, ['.forebay'])).toEqual({ 'to labels': { target: 'labels.csv' } });
    expect(await world.sync(part)).toMatchObject({ version: 1 });
  });
});

describe('what .forebayignore names', () => {
  test('is no part of a version, and one that a version has counts as removed', async () => {
    whole = await world.begin('whole', { ...tree, 'x.tmp': { content: 'x' } });
    await world.sync(whole);
    writeFileSync(join(whole, '.forebayignore'), '*.tmp\n');
    expect(await world.sync(whole)).toMatchObject({ version: 2, added: 1, removed: 1 });
    expect(existsSync(join(whole, 'x.tmp'))).toBe(true);
    const after = await world.clone('after');
    expect(Object.keys(contents(after))).toEqual(['.forebayignore', ...Object.keys(expected({}))]);
    expect(await world.sync(whole)).toMatchObject({ version: 2, uploadedBytes: 0 });
    expect(await world.sync(after)).toMatchObject({ version: 2, uploadedBytes: 0 });
  });

  test('is not overwritten by a pull, but told as a conflict', async () => {
    whole = await world.begin('whole', { a: { content: 'a' } });
    await world.sync(whole);
    const mine = await world.clone('mine');
    writeTestTree(mine, {
      '.forebayignore': { content: 'cache\n' },
      'cache/mine': { content: 'mine' },
      'd/cache': { content: 'mine' },
    });
    writeTestTree(whole, {
      'cache/mine': { content: 'theirs' },
      'd/cache': { content: 'theirs' },
      b: { content: 'b' },
    });
    await world.sync(whole);
    expect(await world.pull(mine)).toMatchObject({ added: 1, conflicts: ['cache/mine', 'd/cache'] });
    expect(contents(mine)).toMatchObject({ 'cache/mine': 'mine', 'd/cache': 'mine', b: 'b' });
  });

  test('survives a pull in which others removed it', async () => {
    whole = await world.begin('whole', { a: { content: 'a' }, 'x.tmp': { content: 'x' } });
    await world.sync(whole);
    const mine = await world.clone('mine');
    writeFileSync(join(mine, '.forebayignore'), '*.tmp\n');
    rmSync(join(whole, 'x.tmp'));
    await world.sync(whole);
    expect(await world.pull(mine)).toMatchObject({ removed: 0, conflicts: [] });
    expect(existsSync(join(mine, 'x.tmp'))).toBe(true);
  });
});
