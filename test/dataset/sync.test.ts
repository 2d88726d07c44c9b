import { chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findDataset } from '../../core/src/dataset/catalog.ts';
import { diffVersions } from '../../core/src/dataset/diff.ts';
import { readHistory } from '../../core/src/dataset/history.ts';
import { listFolder } from '../../core/src/dataset/listing.ts';
import { isPack } from '../../core/src/dataset/names.ts';
import { openRepository } from '../../core/src/dataset/repository.ts';
import { initWorkingCopy, syncFolder } from '../../core/src/dataset/sync.ts';
import type { Lake } from '../../core/src/lake/lake.ts';
import type { LakeLocation } from '../../core/src/lake/location.ts';
import { openLake } from '../../core/src/lake/open.ts';
import { collect, directoryLakes, type Lakes, s3Lakes } from '../lake/lakes.ts';
import { fingerprint, generate } from '../support/data/tree.ts';
import { contentOf } from './contentOf.ts';

const nasty = [
  'plain.txt',
  'with space/and more',
  `it's "quoted".txt`,
  'new\nline',
  'é/composed',
  'e\u0301/decomposed',
  '\uffee last of the plane',
  '😀 beyond it',
  `long/${'x'.repeat(200)}/${'y'.repeat(200)}`,
];

describe.each([
  ['a folder', directoryLakes],
  ['S3', s3Lakes],
])('on %s', (name, start) => {
  let lakes: Lakes;
  let location: LakeLocation;
  let lake: Lake;
  let lakeId: string;
  let top: string;

  beforeAll(async () => {
    lakes = await start();
    top = await mkdtemp(join(tmpdir(), 'forebay-sync-'));
  });
  afterAll(async () => {
    await lakes.stop();
    await rm(top, { recursive: true, force: true });
  });
  beforeEach(async () => {
    location = lakes.locate();
    lake = openLake(location);
    lakeId = (await openRepository(lake, { create: true })).id;
  });

  let made = 0;
  async function workingCopy(): Promise<string> {
    const folder = join(top, `copy${made++}`);
    await mkdir(folder);
    await initWorkingCopy({ lake, lakeId, folder, name: 'x', author: 'ann' });
    return folder;
  }

  /** Every sync has a lake of its own, as another machine has. */
  const sync = (
    folder: string,
    options: { author?: string; replace?: boolean; signal?: AbortSignal } = {},
  ) => {
    const { author = 'ann', replace = false, signal = new AbortController().signal } = options;
    const control = { signal, report: () => undefined };
    return syncFolder({ lake: openLake(location), lakeId, folder, message: '', author, replace }, control);
  };

  async function versions() {
    const { id } = await findDataset(lake, 'x');
    return { id, versions: (await readHistory(lake, id)).versions };
  }

  const objects = async () => (await collect(lake.list('datasets/'))).map(({ key }) => key).sort();

  test('a version is the folder byte for byte, and the next one what became of it', async () => {
    const folder = await workingCopy();
    for (const path of nasty) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), path);
    }
    await writeFile(join(folder, 'empty'), '');
    await mkdir(join(folder, 'empty folder'));
    await chmod(join(folder, 'plain.txt'), 0o755);
    await symlink('../plain.txt', join(folder, 'é/link'));
    const first = await sync(folder);
    const state = await versions();
    expect(state.versions).toMatchObject([{ version: 1, digest: first.digest }]);
    expect(await contentOf(lake, state.id, state.versions[0])).toEqual(await fingerprint(folder));
    await rename(join(folder, 'new\nline'), join(folder, 'moved'));
    await rm(join(folder, 'é'), { recursive: true });
    const second = await sync(folder);
    expect(second).toMatchObject({ version: 2, added: 1, removed: 3 });
    const after = await versions();
    const [v1, v2] = after.versions;
    if (!v1 || !v2) throw new Error('Versions are missing.');
    expect(await contentOf(lake, after.id, v2)).toEqual(await fingerprint(folder));
    expect((await diffVersions(lake, after.id, v1, v2)).added).toEqual([{ path: 'moved', size: 8 }]);
  });

  test('thousands of files go in packs, from threads, and come back the same', async () => {
    const folder = await workingCopy();
    const { files, bytes } = await generate(folder, { count: 3000, min: 0, max: 60_000 });
    const first = await sync(folder);
    expect(first).toMatchObject({ version: 1, files, bytes });
    expect((await objects()).filter((key) => key.includes('/packs/')).length).toBeLessThan(4);
    const { id, versions: all } = await versions();
    expect(await contentOf(lake, id, all[0])).toEqual(await fingerprint(folder));
    const { items } = await listFolder(lake, id, all[0]?.root ?? '', { folder: '', limit: 100 });
    expect(items).toHaveLength(6);
    expect(items.every(({ kind, files: count }) => kind === 'folder' && count === 500)).toBe(true);
    const again = await sync(folder);
    expect(again).toMatchObject({ version: 1, uploadedBytes: 0 });
  });

  test('of two working copies that sync at once, one wins and the other learns who was first', async () => {
    const copies = [await workingCopy(), await workingCopy()];
    await Promise.all(copies.map((folder, i) => writeFile(join(folder, 'who'), `copy ${i}`)));
    const outcomes = await Promise.allSettled(copies.map((folder, i) => sync(folder, { author: `p${i}` })));
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    const loser = outcomes[1 - winner];
    if (loser?.status !== 'rejected') throw new Error('Both won.');
    expect(loser.reason).toMatchObject({
      code: 'newer-version',
      message: expect.stringContaining(`p${winner} made x@v1`),
    });
    const { id, versions: all } = await versions();
    expect(all).toHaveLength(1);
    expect(await contentOf(lake, id, all[0])).toEqual(await fingerprint(copies[winner] as string));
    expect(await sync(copies[1 - winner] as string, { replace: true })).toMatchObject({ version: 2 });
  });

  test('eight writers at once make eight versions, each whole', async () => {
    const copies = await Promise.all(Array.from({ length: 8 }, workingCopy));
    await Promise.all(copies.map((folder, i) => writeFile(join(folder, `${i}`), `copy ${i}`)));
    const results = await Promise.all(copies.map((folder) => sync(folder, { replace: true })));
    const { id, versions: all } = await versions();
    expect(all.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const [i, { version, digest }] of results.entries()) {
      expect(all[version - 1]?.digest).toBe(digest);
      expect(await contentOf(lake, id, all[version - 1])).toEqual(await fingerprint(copies[i] as string));
    }
  });

  test('a sync that is cancelled while it uploads leaves nothing within two seconds', async () => {
    const folder = await workingCopy();
    await generate(folder, { count: 400, min: 400_000, max: 500_000 });
    const before = await objects();
    const abort = new AbortController();
    const syncing = sync(folder, { signal: abort.signal });
    syncing.catch(() => undefined);
    // Not before a pack is on its way; in a directory and in S3 alike nothing of it can be listed until it is whole.
    while ((await objects()).length === before.length) await new Promise((resolve) => setTimeout(resolve, 5));
    const start = performance.now();
    abort.abort();
    await expect(syncing).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - start).toBeLessThan(2000);
    const left = (await objects()).filter((key) => !before.includes(key));
    // S3 may finish a pack's PUT after its connection is gone, and no sooner than anybody can delete it.
    expect(left.filter((key) => name === 'a folder' || !isPack(key))).toEqual([]);
    expect(await versions()).toMatchObject({ versions: [] });
    expect(await sync(folder)).toMatchObject({ version: 1, files: 400 });
  });
});
