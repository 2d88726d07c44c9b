import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readContent } from '../content.ts';
import { readRoot } from '../manifest/root.ts';
import { keyOf } from '../names.ts';
import { day } from '../testing/agedLake.ts';
import { type House, openHouse } from '../testing/house.ts';
import { control, entriesOf, temporaryLake } from '../testing/lake.ts';
import { verifyVersion } from '../verify/verify.ts';

// Threads are started: that takes its time on a machine that is busy with something else.
vi.setConfig({ testTimeout: 60_000 });

let house: House;
let folder: string;

beforeEach(async () => {
  house = await openHouse(await temporaryLake());
  folder = await house.begin('work');
  mkdirSync(join(folder, 'd'));
  for (const name of ['a', 'd/b', 'c']) writeFileSync(join(folder, name), randomBytes(40_000));
  await house.sync(folder);
});
afterEach(() => house.remove());

const cached = () => ({ path: cache(), name: 'the cache local', workingCopy: false });

/** What the folder holds now, as a cache has it. */
function cache(): string {
  const copy = mkdtempSync(join(house.top, 'cache'));
  cpSync(folder, copy, { recursive: true });
  return copy;
}

async function contentOf(number: number, path: string): Promise<Buffer> {
  const version = (await house.versions()).find((each) => each.version === number);
  const entries = await entriesOf(house.lake, house.dataset.id, version?.root ?? '');
  const entry = entries.find((each) => each.path === path);
  if (entry?.kind !== 'file') throw new Error();
  return Buffer.from(await readContent(house.lake, house.dataset.id, entry));
}

describe('a repair', () => {
  test('of what is whole finds nothing to do', async () => {
    const before = await house.objects();
    expect(await house.repair()).toMatchObject({
      files: 3,
      healed: [],
      problems: [],
      relocated: [],
      uploadedBytes: 0,
    });
    expect(await house.objects()).toEqual(before);
  });

  test.each(['flipped', 'cut', 'gone'] as const)(
    'heals every version of a pack whose bytes are %s from a cache, and digests stay',
    async (how) => {
      writeFileSync(join(folder, 'e'), 'second version');
      await house.sync(folder);
      const digests = await house.verifyAll();
      const b = readFileSync(join(folder, 'd/b'));
      const folders = [cached()];
      await house.damage(1, 'd/b', how);
      await expect(house.verifyAll()).rejects.toThrow(/d\/b/);
      const { healed, problems, relocated, uploadedBytes, packs } = await house.repair({ folders });
      expect(problems).toEqual([]);
      expect(healed).toContainEqual({ path: 'd/b', from: 'the cache local' });
      expect(relocated).toEqual([2, 1]);
      if (how === 'flipped') expect([healed.length, uploadedBytes < 60_000]).toEqual([1, true]);
      expect(packs.damaged).toEqual([]);
      expect(await house.verifyAll()).toEqual(digests);
      expect((await contentOf(1, 'd/b')).equals(b)).toBe(true);
      for (let i = 0; i < 2; i++) {
        house.pass(2 * day);
        await house.gc();
      }
      expect(await house.verifyAll()).toEqual(digests);
    },
  );

  test('takes nothing from a folder but the very bytes, and names what it can’t heal', async () => {
    const folders = [cached(), { path: folder, name: 'the folder', workingCopy: true }];
    const pack = await house.damage(1, 'd/b');
    await house.damage(1, 'a');
    writeFileSync(join(folders[0]?.path ?? '', 'a'), randomBytes(40_000));
    writeFileSync(join(folder, 'a'), randomBytes(40_000));
    const { healed, problems, packs } = await house.repair({ folders });
    expect(healed).toEqual([{ path: 'd/b', from: 'the cache local' }]);
    expect(problems).toEqual([{ path: 'a', problem: expect.stringMatching(/damaged, and no cache/) }]);
    expect(packs.damaged).toEqual([pack]);
    const [version] = await house.versions();
    if (!version) throw new Error();
    const verified = await verifyVersion(
      { lake: house.lake, datasetId: house.dataset.id, version },
      control(),
    );
    expect(verified).toMatchObject({ ok: false, files: 2, problems: [{ path: 'a' }] });
  });

  test('finds a file that was moved in the working copy since', async () => {
    await setTimeout(100);
    renameSync(join(folder, 'a'), join(folder, 'moved'));
    await house.sync(folder);
    await house.rm(1);
    renameSync(join(folder, 'moved'), join(folder, 'c2'));
    writeFileSync(join(folder, 'later'), 'x');
    await house.sync(folder);
    await house.rm(2);
    await house.damage(3, 'c2');
    const { healed, problems } = await house.repair({
      folders: [{ path: folder, name: 'here', workingCopy: true }],
    });
    expect([healed, problems]).toEqual([[{ path: 'c2', from: 'here' }], []]);
  });

  test('heals from another place in the lake', async () => {
    const other = await house.begin('other');
    cpSync(join(folder, 'a'), join(other, 'again'));
    const pack = await house.damage(1, 'a');
    // Whoever knows of the damage sends the file again.
    await house.sync(other, { damaged: [pack] });
    const { healed, problems } = await house.repair();
    expect([healed, problems]).toEqual([[{ path: 'a', from: 'another place in the lake' }], []]);
    await house.verifyAll();
  });

  test('of a file in several parts writes only the part that differs', async () => {
    const big = randomBytes(125 * 2 ** 20);
    writeFileSync(join(folder, 'big'), big);
    await house.sync(folder);
    await house.damage(2, 'big');
    const { healed, uploadedBytes } = await house.repair({
      version: 2,
      folders: [{ path: folder, name: 'here', workingCopy: true }],
    });
    expect(healed).toEqual([{ path: 'big', from: 'here' }]);
    expect(uploadedBytes).toBeLessThan(10 * 2 ** 20);
    expect((await contentOf(2, 'big')).equals(big)).toBe(true);
  });

  test('names a version whose manifest is damaged, and heals the others', async () => {
    writeFileSync(join(folder, 'e'), 'second version');
    await house.sync(folder);
    const [first] = await house.versions();
    await house.lake.put(keyOf.root(house.dataset.id, first?.root ?? ''), Buffer.from('rot'));
    await house.damage(2, 'a');
    const { problems, relocated } = await house.repair({ folders: [cached()] });
    expect(problems).toEqual([{ path: '', problem: expect.stringMatching(/manifest of t@v1 is damaged/) }]);
    expect(relocated).toEqual([2]);
    await house.verifySome([2]);
  });
});

describe('a pack that is known to be damaged counts as absent', () => {
  test('so a sync of the unchanged folder heals the version, under its digest', async () => {
    const [before] = await house.versions();
    const pack = await house.damage(1, 'a');
    expect((await house.sync(folder)).uploadedBytes).toBe(0);
    const result = await house.sync(folder, { damaged: [pack] });
    expect(result).toMatchObject({ version: 1, digest: before?.digest, added: 0, changed: 0, removed: 0 });
    expect(result.uploadedBytes).toBeGreaterThan(120_000);
    await house.verifyAll();
    const [after] = await house.versions();
    expect((await readRoot(house.lake, house.dataset.id, after?.root ?? '')).packs.has(pack)).toBe(false);
    expect((await house.sync(folder, { damaged: [pack] })).uploadedBytes).toBe(0);
  });

  test('so the next version is whole, also where it took the damaged file over', async () => {
    const pack = await house.damage(1, 'a');
    writeFileSync(join(folder, 'new'), 'n');
    rmSync(join(folder, 'c'));
    expect(await house.sync(folder, { damaged: [pack] })).toMatchObject({
      version: 2,
      added: 1,
      changed: 0,
      removed: 1,
    });
    await house.verifySome([2]);
    expect((await house.repair()).healed).toEqual([{ path: 'a', from: 'another place in the lake' }]);
    await house.verifyAll();
  });

  test('and a verification tells which it is', async () => {
    writeFileSync(join(folder, 'new'), 'n');
    await house.sync(folder);
    const pack = await house.damage(1, 'a');
    const [, version] = await house.versions();
    if (!version) throw new Error();
    const { packs } = await verifyVersion(
      { lake: house.lake, datasetId: house.dataset.id, version },
      control(),
    );
    expect(packs.damaged).toEqual([pack]);
    expect(packs.whole).toHaveLength(1);
  });
});
