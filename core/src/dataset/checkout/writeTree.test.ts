import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isForebayError } from '../../api/errors.ts';
import type { Entry } from '../entry.ts';
import { keyOf } from '../names.ts';
import { verifyVersion } from '../verify/verify.ts';
import { readTree } from './testing/testTree.ts';
import {
  leavesOf,
  makeTestLake,
  makeVersion,
  type TestLake,
  type TestTree,
  type TestVersion,
  testControl,
  testTime,
} from './testing/testVersion.ts';
import { writeTree } from './writeTree.ts';

let world: TestLake;
let next = 0;
// Threads are started: that takes its time on a machine that is busy with something else.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(async () => {
  world = await makeTestLake();
});
afterEach(() => world.remove());

function target(): string {
  const folder = join(world.folder, `out-${next++}`);
  mkdirSync(folder);
  return folder;
}

async function write(entries: Entry[], folder = target(), control = testControl()): Promise<string> {
  const { lake, datasetId } = world;
  await writeTree({ lake, datasetId, leaves: leavesOf(entries), folder, mode: 'clone' }, control);
  return folder;
}

const packFile = (version: TestVersion, at = 0): string =>
  join(world.lake.url, keyOf.pack(world.datasetId, version.packs[at] ?? ''));

const name = fc.oneof(
  fc.constantFrom(
    ' ',
    'a b',
    '"q\'',
    'new\nline',
    '-rf',
    '.hidden',
    '...',
    'caf\u00e9',
    'cafe\u0301',
    '\u{1F4A7}',
    '\uFF5E',
    'a*?',
    'x.',
  ),
  fc
    .string({ minLength: 1, maxLength: 8, unit: 'binary' })
    .filter(
      (text) =>
        !/[/\0]/.test(text) && text.isWellFormed() && text !== '.' && text !== '..' && text !== '.forebay',
    ),
);
const content = fc.oneof(
  fc.constant(new Uint8Array(0)),
  fc.uint8Array({ maxLength: 200 }),
  fc.integer({ min: 1, max: 60_000 }).map((length) => new Uint8Array(length).fill(length & 255)),
);
const node = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      content,
      executable: fc.boolean(),
      mtime: fc.integer({ min: -1000, max: 4_000_000_000_000 }),
      stored: fc.constantFrom('raw' as const, 'zstd' as const, 'chunks' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant('folder' as const) },
  { weight: 1, arbitrary: name.map((target) => ({ target })) },
);
const trees = fc
  .array(fc.tuple(fc.array(name, { minLength: 1, maxLength: 3 }), node), { maxLength: 12 })
  .map((nodes) => {
    const tree: TestTree = {};
    for (const [names, node] of nodes) {
      const path = names.join('/');
      const taken = Object.keys(tree).some(
        (other) => other === path || other.startsWith(`${path}/`) || path.startsWith(`${other}/`),
      );
      if (!taken && Buffer.byteLength(path) < 200) tree[path] = node;
    }
    return tree;
  });

const asRead = (tree: TestTree): TestTree =>
  Object.fromEntries(
    Object.entries(tree).map(([path, node]) => [
      path,
      node === 'folder' || 'target' in node
        ? node
        : {
            content: Buffer.from(node.content).toString('latin1'),
            executable: node.executable ?? false,
            mtime: node.mtime ?? testTime,
          },
    ]),
  );

describe('a tree', () => {
  test('comes back byte for byte, whatever its names, kinds, codecs and parts', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(trees, fc.integer({ min: 1, max: 5000 }), async (tree, packBytes) => {
        const { entries } = await makeVersion(world.lake, world.datasetId, tree, { packBytes });
        expect(readTree(await write(entries))).toEqual(asRead(tree));
      }),
      { numRuns: 25 },
    );
  });

  test('may hold files larger than a read', async () => {
    const big = Buffer.alloc(40 * 2 ** 20, 'forebay ');
    const { entries } = await makeVersion(world.lake, world.datasetId, {
      big: { content: big },
      small: { content: 's' },
    });
    const folder = await write(entries);
    expect(readFileSync(join(folder, 'big')).equals(big)).toBe(true);
  });

  test('keeps the umask where it is a working copy', async () => {
    const { entries } = await makeVersion(world.lake, world.datasetId, {
      run: { content: '1', executable: true },
    });
    const usual = target();
    execFileSync('sh', ['-c', 'touch "$0/probe"', usual]);
    const umasked = statSync(join(usual, 'probe')).mode & 0o666;
    unlinkSync(join(usual, 'probe'));
    await write(entries, usual);
    expect(statSync(join(usual, 'run')).mode & 0o666).toBe(umasked);
  });
});

describe('a damaged lake', () => {
  const tree: TestTree = {
    'a/first': { content: 'first content' },
    'b/second': { content: 'second content', stored: 'zstd' },
    'c/third': { content: 'third, in chunks, in chunks', stored: 'chunks' },
    'd/last': { content: 'last content' },
  };
  const flip = (path: string, at: number): void => {
    const bytes = readFileSync(path);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  };

  async function damage(
    how: (version: TestVersion) => void,
  ): Promise<{ error: unknown; problems: string[] }> {
    const version = await makeVersion(world.lake, world.datasetId, tree);
    how(version);
    const error = await write(version.entries).then(
      () => undefined,
      (error: unknown) => error,
    );
    const { lake, datasetId } = world;
    const { problems } = await verifyVersion({ lake, datasetId, version }, testControl());
    return { error, problems: problems.map(({ path }) => path) };
  }

  test.each([
    ['a/first', 512],
    ['b/second', 512 + 13 + 8],
    ['c/third', 512 + 13 + 30],
  ])('with one flipped bit is named by file and pack: %s', async (path, at) => {
    const { error, problems } = await damage((version) => flip(packFile(version), at));
    expect(isForebayError(error, 'damaged')).toBe(true);
    expect((error as Error).message).toContain(path);
    expect((error as Error).message).toMatch(/packs\/[a-z2-7]{26}\.tar/);
    expect(problems).toEqual([path]);
  });

  test('with a pack cut short names what it lost, and only that', async () => {
    const { error, problems } = await damage((version) => {
      truncateSync(packFile(version), statSync(packFile(version)).size - 4);
    });
    expect(error).toMatchObject({ code: 'damaged', message: expect.stringContaining('d/last') });
    expect(problems).toEqual(['d/last']);
  });

  test('without a pack names its files', async () => {
    const { error, problems } = await damage((version) => unlinkSync(packFile(version)));
    expect(error).toMatchObject({ code: 'damaged', message: expect.stringContaining('missing') });
    expect(problems).toEqual(['a/first', 'b/second', 'c/third', 'd/last']);
  });

  test('that answers right the second time is good enough', async () => {
    const version = await makeVersion(world.lake, world.datasetId, tree);
    const good = readFileSync(packFile(version));
    flip(packFile(version), 512);
    const { lake, datasetId } = world;
    let reads = 0;
    const healing = Object.assign(Object.create(lake), {
      get: async (...args: Parameters<typeof lake.get>) => {
        const bytes = await lake.get(...args);
        if (reads++ === 0) writeFileSync(packFile(version), good);
        return bytes;
      },
    });
    const folder = target();
    await writeTree(
      { lake: healing, datasetId, leaves: leavesOf(version.entries.slice(0, 1)), folder, mode: 'clone' },
      testControl(),
    );
    expect(readFileSync(join(folder, 'a/first'), 'utf8')).toBe('first content');
    expect(reads).toBe(2);
  });
});

describe('a manifest that is not to be trusted', () => {
  async function entriesOf(tree: TestTree): Promise<Entry[]> {
    return (await makeVersion(world.lake, world.datasetId, tree)).entries;
  }

  test.each(['../out', '/tmp/x', 'a/../../x', '.forebay/x'])('can not write to %s', async (path) => {
    const entries = await entriesOf({ a: { content: '1' } });
    const folder = target();
    await expect(
      write(
        entries.map((entry) => ({ ...entry, path })),
        folder,
      ),
    ).rejects.toMatchObject({ code: 'bad-path' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('can not write through a link that it lists as a folder as well', async () => {
    const entries = await entriesOf({ 'd/x': { content: '1' } });
    const outside = target();
    const link: Entry = { kind: 'link', path: 'd', target: outside };
    await expect(write([link, ...entries])).rejects.toMatchObject({ code: 'link-leaves' });
    expect(readdirSync(outside)).toEqual([]);
  });

  test('can not write through a link that stands there', async () => {
    const outside = target();
    const folder = target();
    symlinkSync(outside, join(folder, 'd'));
    await expect(write(await entriesOf({ 'd/x': { content: '1' } }), folder)).rejects.toMatchObject({
      code: 'damaged',
    });
    symlinkSync(join(outside, 'y'), join(folder, 'x'));
    await expect(write(await entriesOf({ x: { content: '1' } }), folder)).rejects.toMatchObject({
      code: 'damaged',
    });
    expect(existsSync(join(outside, 'y'))).toBe(false);
  });

  test('is refused when it lists a path twice, or out of order', async () => {
    const [a, b] = await entriesOf({ a: { content: '1' }, b: { content: '2' } });
    await expect(write([a, a] as Entry[])).rejects.toMatchObject({ code: 'damaged' });
    await expect(write([b, a] as Entry[])).rejects.toMatchObject({ code: 'damaged' });
  });
});

test('a cancelled write stops, and nothing is written afterwards', async () => {
  const tree: TestTree = Object.fromEntries(
    Array.from({ length: 5000 }, (_, i) => [`f${i}`, { content: `${i}` }]),
  );
  const { entries } = await makeVersion(world.lake, world.datasetId, tree);
  const folder = target();
  const control = testControl();
  control.report = () => control.stop();
  await expect(write(entries, folder, control)).rejects.toMatchObject({ code: 'cancelled' });
  const left = readdirSync(folder).length;
  expect(left).toBeLessThan(5000);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(readdirSync(folder).length).toBe(left);
});
