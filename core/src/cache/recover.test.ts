import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readTree } from '../dataset/checkout/testing/testTree.ts';
import { type TestVersion, testControl } from '../dataset/checkout/testing/testVersion.ts';
import { writeTree } from '../dataset/checkout/writeTree.ts';
import { readLeaves } from '../dataset/manifest/read.ts';
import { randomName } from '../dataset/names.ts';
import { FillJournal } from './fill/journal.ts';
import { publish } from './fill/publish.ts';
import { sealTree } from './fill/seal.ts';
import { takeOver } from './fill/staging.ts';
import { layout, staged } from './layout.ts';
import { isReady, type PlacementRecord, writeRecord } from './record.ts';
import { recoverCache } from './recover.ts';
import { makeTestCache, type TestCache } from './testing/testCache.ts';

/** One test for each instant at which the process may die: the state is made, then recovered from. */
let world: TestCache;
let version: TestVersion;
let target: string;
// Threads are started: that takes its time on a machine that is busy with something else.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(async () => {
  world = await makeTestCache();
  version = await world.make(
    Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`d${i % 4}/f${i}`, { content: `${i}`.repeat(50) }]),
    ),
    { packBytes: 500 },
  );
  target = join(world.cache.path, `datasets/digits~${world.dataset.id}/v1`);
});
afterEach(() => world.remove());

const wanted = () => [{ datasetId: world.dataset.id, version: 1 }];
const stagingNames = (): string[] => readdirSync(layout.staging(world.cache.path));
const trashNames = (): string[] => readdirSync(layout.trash(world.cache.path));

/** A fill that got as far as its staging folder with every file, or died after some packs. */
async function stageFill(packsUntilDeath = Number.POSITIVE_INFINITY) {
  const { cache, lake, dataset } = world;
  const fillId = randomName();
  const staging = await takeOver(cache.path, fillId, {
    dataset: dataset.id,
    version: 1,
    digest: version.digest,
  });
  const journal = FillJournal.open(staged.journal(staging));
  let packs = 0;
  const control = testControl();
  const dying = {
    resumed: journal.resumed,
    has: journal.has.bind(journal),
    add: (range: Parameters<typeof journal.add>[0]): void => {
      if (packs++ >= packsUntilDeath) control.stop();
      else journal.add(range);
    },
  };
  const leaves = readLeaves(lake, dataset.id, version.root);
  const folder = staged.tree(staging);
  const written = await writeTree(
    { lake, datasetId: dataset.id, leaves, folder, mode: 'cache', journal: dying },
    control,
  ).catch(() => null);
  journal.close();
  return { staging, fillId, written };
}

function record(fill: string, inode: string): PlacementRecord {
  const { digest, files, bytes } = version;
  const verified = new Date().toISOString();
  return {
    format: 1,
    dataset: world.dataset,
    version: 1,
    digest,
    files,
    links: 0,
    folders: 4,
    bytes,
    fill,
    inode,
    verified,
  };
}

const inodeOf = (path: string): string => String(statSync(path, { bigint: true }).ino);

describe('after a crash', () => {
  test('while files were written, the fill goes on where its journal ends', async () => {
    const { staging } = await stageFill(3);
    const tree = staged.tree(staging);
    expect(readdirSync(tree).length).toBeGreaterThan(0);
    const done = new Map<string, number>();
    for (const path of Object.keys(readTree(tree))) done.set(path, statSync(join(tree, path)).ino);
    const { staging: found } = await recoverCache(world.cache, wanted());
    expect(found).toMatchObject([{ finished: 3 }]);
    const gets: string[] = [];
    const lake = Object.assign(Object.create(world.lake), {
      get: (key: string, options?: object) => {
        if (key.includes('/packs/')) gets.push(key);
        return world.lake.get(key, options);
      },
    });
    const filled = await world.fill(version, { lake });
    expect(filled.files).toBe(40);
    expect(new Set(gets).size).toBe(version.packs.length - 3);
    expect(
      [...done].filter(([path, inode]) => statSync(join(filled.path, path)).ino === inode).length,
    ).toBeGreaterThan(0);
    expect(await world.fill(version)).toMatchObject({ inode: filled.inode });
    expect(stagingNames()).toEqual([]);
  });

  test('in the middle of a file, that file is written anew', async () => {
    const { staging } = await stageFill(2);
    const tree = staged.tree(staging);
    const [path = ''] = Object.keys(readTree(tree));
    chmodSync(join(tree, path), 0o600);
    writeFileSync(join(tree, path), 'half');
    const filled = await world.fill(version);
    expect(readFileSync(join(filled.path, path), 'utf8')).not.toBe('half');
    expect((await world.fill(version)).inode).toBe(filled.inode);
  });

  test('in the middle of a line of the journal, that line counts for nothing', async () => {
    const { staging } = await stageFill(2);
    writeFileSync(
      staged.journal(staging),
      `${readFileSync(staged.journal(staging), 'utf8')}${version.packs[3]} 512 9`,
    );
    expect((await recoverCache(world.cache, wanted())).staging).toMatchObject([{ finished: 2 }]);
    expect((await world.fill(version)).files).toBe(40);
  });

  test('of the whole machine, what was not flushed is thrown away', async () => {
    const { staging } = await stageFill(3);
    const fill = JSON.parse(readFileSync(staged.fill(staging), 'utf8'));
    writeFileSync(staged.fill(staging), JSON.stringify({ ...fill, boot: 'another boot' }));
    expect((await recoverCache(world.cache, wanted())).staging).toEqual([]);
    expect([...stagingNames(), ...trashNames()]).toEqual([]);
  });

  test('before fill.json was written, or of a fill that nobody wants any more, staging is thrown away', async () => {
    await stageFill(3);
    mkdirSync(join(layout.staging(world.cache.path), 'half', 'tree'), { recursive: true });
    const { discarded } = await recoverCache(world.cache, []);
    expect(discarded).toHaveLength(2);
    expect([...stagingNames(), ...trashNames()]).toEqual([]);
  });

  test('between sealing and publishing, the read-only tree goes on', async () => {
    const { staging, written } = await stageFill();
    if (!written) throw new Error('not written');
    await sealTree(staged.tree(staging), written);
    await recoverCache(world.cache, wanted());
    expect((await world.fill(version)).files).toBe(40);
  });

  test('between the record and the rename, nothing is ready and nothing is lost', async () => {
    const { staging, fillId } = await stageFill();
    mkdirSync(join(target, '..'), { recursive: true });
    await writeRecord(`${target}.json`, record(fillId, inodeOf(staged.tree(staging))));
    const recovered = await recoverCache(world.cache, wanted());
    expect(recovered.ready).toEqual([]);
    expect(recovered.discarded).toEqual([`${target}.json`]);
    expect(recovered.staging).toHaveLength(1);
    expect((await world.fill(version)).files).toBe(40);
  });

  test('between the rename and the last permission, it is ready, and gets it', async () => {
    const { staging, fillId } = await stageFill();
    await publish(staging, target, record(fillId, inodeOf(staged.tree(staging))));
    chmodSync(target, 0o700);
    mkdirSync(staging);
    const { ready } = await recoverCache(world.cache, []);
    expect(ready).toMatchObject([{ path: target, record: { fill: fillId } }]);
    expect(statSync(target).mode & 0o777).toBe(0o555);
    expect(stagingNames()).toEqual([]);
  });

  test('in the middle of an eviction, it is gone', async () => {
    await world.fill(version);
    chmodSync(target, 0o755);
    renameSync(target, join(layout.trash(world.cache.path), randomName()));
    const recovered = await recoverCache(world.cache, []);
    expect(recovered).toMatchObject({ ready: [], discarded: [`${target}.json`] });
    expect(existsSync(`${target}.json`)).toBe(false);
    expect(trashNames()).toEqual([]);
  });

  test('just before an eviction’s first step, it is still ready', async () => {
    await world.fill(version);
    chmodSync(target, 0o755);
    expect((await recoverCache(world.cache, [])).ready).toHaveLength(1);
    expect(statSync(target).mode & 0o777).toBe(0o555);
  });

  test('in the middle of emptying the trash, the rest is deleted', async () => {
    const half = join(layout.trash(world.cache.path), randomName());
    mkdirSync(join(half, 'a/b'), { recursive: true });
    writeFileSync(join(half, 'a/b/c'), '');
    for (const folder of [join(half, 'a/b'), join(half, 'a'), half]) chmodSync(folder, 0o555);
    await recoverCache(world.cache, []);
    expect(trashNames()).toEqual([]);
  });

  test('a folder without a record, or with another folder’s, is not ready', async () => {
    const { inode } = await world.fill(version);
    const text = readFileSync(`${target}.json`, 'utf8');
    chmodSync(`${target}.json`, 0o644);
    writeFileSync(`${target}.json`, text.replace(`"inode": "${inode}"`, '"inode": "1"'));
    expect((await recoverCache(world.cache, [])).ready).toEqual([]);
    expect(existsSync(target)).toBe(false);
  });

  test('what belongs to nobody it knows is left alone', async () => {
    const strangers = [
      join(layout.datasets(world.cache.path), 'notes.txt'),
      join(layout.datasets(world.cache.path), `digits~${world.dataset.id}`, 'v1+0123abc'),
    ];
    for (const stranger of strangers) mkdirSync(stranger, { recursive: true });
    await recoverCache(world.cache, []);
    for (const stranger of strangers) expect(existsSync(stranger)).toBe(true);
  });
});

describe('two fillers of one version', () => {
  test('one takes over, the stalled one can not publish', async () => {
    const stalled = await stageFill();
    const inode = inodeOf(staged.tree(stalled.staging));
    const filled = await world.fill(version);
    await expect(publish(stalled.staging, target, record(stalled.fillId, inode))).rejects.toMatchObject({
      code: 'folder-busy',
    });
    const found = await world.cache.find(world.dataset, 1);
    expect(isReady(found, { datasetId: world.dataset.id, version: 1, digest: version.digest })).toBe(true);
    expect(found.record?.fill).not.toBe(stalled.fillId);
    expect(found.inode).toBe(filled.inode);
  });

  test('never overwrite what the other has published', async () => {
    const inodeIn = ({ staging }: { staging: string }): string => inodeOf(staged.tree(staging));
    const first = await stageFill();
    await publish(first.staging, target, record(first.fillId, inodeIn(first)));
    const second = await stageFill();
    await expect(
      publish(second.staging, target, record(second.fillId, inodeIn(second))),
    ).rejects.toMatchObject({ code: 'folder-busy' });
    const found = await world.cache.find(world.dataset, 1);
    expect(isReady(found, { datasetId: world.dataset.id, version: 1 })).toBe(true);
    expect(found.record?.fill).toBe(first.fillId);
  });

  test.each([1, 2, 3, 4, 5])(
    'at the same time leave one whole version, and whoever lost is told (%i)',
    async () => {
      const outcomes = await Promise.allSettled([world.fill(version), world.fill(version)]);
      const won = outcomes.filter(({ status }) => status === 'fulfilled');
      expect(won.length).toBeGreaterThan(0);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'folder-busy' });
      }
      expect((await recoverCache(world.cache, [])).ready).toHaveLength(1);
      expect(Object.keys(readTree(target))).toHaveLength(40);
    },
  );
});
