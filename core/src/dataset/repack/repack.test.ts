import { execFileSync } from 'node:child_process';
import { hash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeVersion, writeManifest } from '../checkout/testing/testVersion.ts';
import { readContent } from '../content.ts';
import type { Entry } from '../entry.ts';
import { datasetLog } from '../log/kinds.ts';
import { appendRecord } from '../log/log.ts';
import type { PageRef } from '../manifest/page.ts';
import { readLeaves } from '../manifest/read.ts';
import { encodeRoot, type Root, readRoot } from '../manifest/root.ts';
import { ManifestWriter } from '../manifest/write.ts';
import { keyOf, randomName } from '../names.ts';
import { day } from '../testing/agedLake.ts';
import { type House, openHouse } from '../testing/house.ts';
import { changedLake, entriesOf, temporaryLake } from '../testing/lake.ts';
import { mortalLake } from '../testing/mortalLake.ts';
import { livePartsOf } from './live.ts';

// Threads are started: that takes its time on a machine that is busy with something else.
vi.setConfig({ testTimeout: 60_000 });

let house: House;
let folder: string;

beforeEach(async () => {
  house = await openHouse(await temporaryLake());
  folder = await house.begin('work');
});
afterEach(() => house.remove());

const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
const stored = async () => {
  let bytes = 0;
  for await (const { size } of house.lake.list(`datasets/${house.dataset.id}/packs/`)) bytes += size;
  return bytes;
};

/** v1 holds ten files of 100 kB, v2 two of them. */
async function shrink(): Promise<void> {
  for (let i = 0; i < 10; i++) write(`f${i}`, randomBytes(100_000));
  await house.sync(folder);
  for (let i = 2; i < 10; i++) rmSync(join(folder, `f${i}`));
  write('new', 'x');
  await house.sync(folder);
}

/** A version of this manifest; gives its root's name. */
async function commit(root: Root, version: number): Promise<string> {
  const { lake, dataset } = house;
  const name = randomName();
  await lake.put(keyOf.root(dataset.id, name), encodeRoot(root));
  const stamp = { id: randomName(), time: new Date().toISOString(), author: 'ann', message: '' };
  const { digest, files, bytes } = root;
  const counts = { files, bytes, added: files, changed: 0, removed: 0 };
  await appendRecord(lake, keyOf.log(dataset.id), datasetLog, () => {
    return {
      kind: 'commit' as const,
      ...stamp,
      version,
      digest,
      root: name,
      changes: null,
      parents: [],
      ...counts,
    };
  });
  return name;
}

/** Lets garbage be named and deleted. */
async function clear(): Promise<void> {
  for (let i = 0; i < 2; i++) {
    house.pass(2 * day);
    await house.gc();
  }
}

test('packs less than half in use are rewritten, shown first, and their space comes back', async () => {
  await shrink();
  await house.rm(1);
  const digests = await house.verifyAll();
  const before = await house.objects();
  const shown = await house.repack({ dryRun: true });
  expect(shown).toMatchObject({
    dryRun: true,
    packs: 2,
    sparse: { objects: 1 },
    live: 200_000,
    relocated: [],
  });
  expect(await house.objects()).toEqual(before);
  const done = await house.repack();
  expect(done).toMatchObject({ sparse: { objects: 1 }, relocated: [2], problems: [] });
  expect(done.uploadedBytes).toBeLessThan(210_000);
  expect(await house.verifyAll()).toEqual(digests);
  await clear();
  expect(await stored()).toBeLessThan(210_000);
  expect(await house.verifyAll()).toEqual(digests);
  expect(await house.repack()).toMatchObject({ sparse: { objects: 0 }, uploadedBytes: 0, relocated: [] });
  // What is synced next knows where everything is now.
  write('another', 'y');
  expect((await house.sync(folder)).uploadedBytes).toBeLessThan(5000);
  await house.verifyAll();
});

test('packs that versions together use by half stay, whatever each of them uses', async () => {
  await shrink();
  write('f2', 'back');
  await house.sync(folder);
  expect(await house.repack()).toMatchObject({ sparse: { objects: 0 } });
});

test('packs of tiny files are full although tar’s headers take most of their bytes', async () => {
  mkdirSync(join(folder, 'ä'));
  for (let i = 0; i < 300; i++) write(`ä/${i}`, `${i}`);
  await house.sync(folder);
  expect(await house.repack({ dryRun: true })).toMatchObject({ packs: 1, sparse: { objects: 0 } });
});

test('compressed files and parts are copied as they are stored, and plain tar reads the new pack', async () => {
  const { lake, dataset } = house;
  const big = randomBytes(300_000);
  const made = await makeVersion(lake, dataset.id, {
    'a/text': { content: 'word '.repeat(9000), stored: 'zstd' },
    'b/chunks': { content: big, stored: 'chunks' },
    'c/raw ü': { content: randomBytes(5000) },
    'd/gone': { content: randomBytes(900_000) },
  });
  const kept = made.entries.filter(({ path }) => path !== 'd/gone');
  const small = await writeManifest(lake, dataset.id, kept, 1, made.packs);
  const [pack = ''] = made.packs;
  const root = await readRoot(lake, dataset.id, small.root);
  root.packs.set(pack, {
    size: (await lake.head(keyOf.pack(dataset.id, pack))) ?? 0,
    used: root.packs.get(pack)?.used ?? 0,
  });
  await commit(root, 1);
  await house.verifyAll();
  expect(await house.repack()).toMatchObject({ relocated: [1], problems: [] });
  await house.verifyAll();
  const [version] = await house.versions();
  const entries = await entriesOf(lake, dataset.id, version?.root ?? '');
  const codecs = entries
    .flatMap((entry) => (entry.kind === 'file' ? entry.parts : []))
    .map((part) => 'pack' in part && part.codec);
  expect(codecs).toEqual(['zstd', 'raw', 'zstd', 'raw', 'raw']);
  const packs = [...(await readRoot(lake, dataset.id, version?.root ?? '')).packs];
  expect(packs).toHaveLength(1);
  const [name = '', use] = packs[0] ?? [];
  expect(use).toMatchObject({ size: await lake.head(keyOf.pack(dataset.id, name)) });
  const file = join(house.top, 'pack.tar');
  writeFileSync(file, (await lake.get(keyOf.pack(dataset.id, name))) ?? Buffer.of());
  const listed = execFileSync('tar', ['-tf', file, '--quoting-style=literal'], { encoding: 'utf8' })
    .trim()
    .split('\n');
  expect(listed).toEqual([
    '.forebay/zstd/a/text.zst',
    '.forebay/part/b/chunks.00001',
    '.forebay/part/b/chunks.00002.zst',
    '.forebay/part/b/chunks.00003',
    'c/raw ü',
  ]);
});

test('what is damaged stays where it is and is named; the rest moves', async () => {
  await shrink();
  await house.rm(1);
  const live = await livePartsOf(
    house.lake,
    house.dataset.id,
    await house.versions(),
    new Map(
      (await house.objects())
        .filter((name) => name.startsWith('packs/'))
        .map((name) => [name.slice(6, 32), 1]),
    ),
    new AbortController().signal,
    () => undefined,
  );
  const victim = [...live.values()].flat().find(({ file }) => file.path === 'f1');
  if (!victim) throw new Error();
  const key = keyOf.pack(house.dataset.id, victim.part.pack);
  const bytes = Buffer.from((await house.lake.get(key)) ?? []);
  bytes[victim.part.offset + 7] = (bytes[victim.part.offset + 7] ?? 0) ^ 1;
  await house.lake.put(key, bytes);
  const { problems, relocated } = await house.repack();
  expect(problems.map(({ path }) => path)).toEqual(['f1']);
  expect(relocated).toEqual([2]);
  await expect(house.verifyAll()).rejects.toThrow(/f1/);
  await expect(house.verifyAll()).rejects.not.toThrow(/f0/);
});

test('a version that was made meanwhile keeps what it refers to', async () => {
  await shrink();
  await house.rm(1);
  let raced = false;
  const racing = changedLake(house.lake, {
    async put(key, body, options) {
      await house.lake.put(key, body, options);
      if (raced || !key.includes('/roots/')) return;
      raced = true;
      write('meanwhile', 'z');
      await house.sync(folder);
    },
  });
  expect(await house.repack({ lake: racing })).toMatchObject({ relocated: [2] });
  await clear();
  expect([...(await house.verifyAll()).keys()]).toEqual([2, 3]);
  expect(await house.repack()).toMatchObject({ relocated: [3] });
  await clear();
  await house.verifyAll();
  expect(await stored()).toBeLessThan(420_000);
});

test('a collector that names the new packs before they are referred to makes it begin again', async () => {
  await shrink();
  await house.rm(1);
  let raced = false;
  const racing = changedLake(house.lake, {
    async put(key, body, options) {
      await house.lake.put(key, body, options);
      if (raced || !key.includes('/roots/')) return;
      raced = true;
      await house.gc({ olderThan: 0 });
      house.pass(day);
      await house.gc();
    },
  });
  expect(await house.repack({ lake: racing })).toMatchObject({ relocated: [2] });
  expect(raced).toBe(true);
  await clear();
  await house.verifyAll();
});

test('pages scattered over many objects are gathered, for each version that is', async () => {
  const { lake, dataset } = house;
  const entries: Entry[] = Array.from({ length: 6000 }, (_, i) => {
    const path = `f${String(i).padStart(4, '0')}`;
    return {
      kind: 'file',
      path,
      size: 0,
      executable: false,
      mtime: 0,
      sha256: hash('sha256', ''),
      parts: [],
    };
  });
  let before: string | undefined;
  for (let version = 1; version <= 45; version++) {
    const changed = entries[version * 130];
    if (changed?.kind === 'file') changed.executable = true;
    const pages = new Map<string, PageRef>();
    const note = { onPage: (ref: PageRef) => pages.set(ref.hash, ref) };
    if (before) for await (const _ of readLeaves(lake, dataset.id, before, note));
    const writer = new ManifestWriter({
      reuse: (hash) => pages.get(hash),
      putPages: (object, bytes) => lake.put(keyOf.pages(dataset.id, object), bytes),
      packSize: () => 0,
    });
    for (const entry of entries) await writer.add(entry);
    before = await commit(await writer.finish(), version);
  }
  const objectsOf = async (number: number) => {
    const version = (await house.versions()).find((each) => each.version === number);
    const objects = new Set<string>();
    const note = { onPage: ({ object }: PageRef) => objects.add(object) };
    for await (const _ of readLeaves(lake, dataset.id, version?.root ?? '', note));
    return objects.size;
  };
  expect(await objectsOf(45)).toBeGreaterThan(33);
  const shown = await house.repack({ dryRun: true });
  expect(shown.scattered[0]).toBe(45);
  expect(shown.scattered).not.toContain(30);
  const done = await house.repack();
  expect(done.relocated).toEqual(shown.scattered);
  expect(await objectsOf(45)).toBe(1);
  await clear();
  await house.verifySome([1, 30, 44, 45]);
  const [last] = (await house.versions()).slice(-1);
  expect(await entriesOf(lake, dataset.id, last?.root ?? '')).toEqual(entries);
  expect((await house.repack({ dryRun: true })).scattered).toEqual([]);
});

test('a crash at any operation leaves every version whole, and the next repack finishes', async () => {
  let crashes = 0;
  for (let at = 0; ; at++) {
    const world = await openHouse(await temporaryLake());
    const work = await world.begin('work');
    for (let i = 0; i < 9; i++) writeFileSync(join(work, `f${i}`), randomBytes(5000));
    await world.sync(work);
    for (let i = 2; i < 9; i++) rmSync(join(work, `f${i}`));
    await world.sync(work);
    writeFileSync(join(work, 'x'), 'x');
    await world.sync(work);
    await world.rm(1);
    const crashed = await world.repack({ lake: mortalLake(world.lake, at) }).then(
      () => false,
      () => true,
    );
    const digests = await world.verifyAll();
    await world.repack();
    for (let i = 0; i < 2; i++) {
      world.pass(2 * day);
      await world.gc();
    }
    expect(await world.verifyAll()).toEqual(digests);
    expect(await world.gc()).toMatchObject({ unreferenced: [] });
    expect(await world.repack({ dryRun: true })).toMatchObject({ sparse: { objects: 0 } });
    world.remove();
    if (!crashed) break;
    crashes++;
  }
  expect(crashes).toBeGreaterThan(8);
});

test('what the pages say is what the folder holds', async () => {
  await shrink();
  await house.rm(1);
  await house.repack();
  const [version] = await house.versions();
  for (const entry of await entriesOf(house.lake, house.dataset.id, version?.root ?? '')) {
    if (entry.kind !== 'file') throw new Error();
    const bytes = await readContent(house.lake, house.dataset.id, entry);
    expect(Buffer.from(bytes).equals(readFileSync(join(folder, entry.path)))).toBe(true);
  }
});
