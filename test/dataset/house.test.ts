import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { day } from '../../core/src/dataset/testing/agedLake.ts';
import { type House, openHouse } from '../../core/src/dataset/testing/house.ts';
import { mortalLake } from '../../core/src/dataset/testing/mortalLake.ts';
import { openLake } from '../../core/src/lake/open.ts';
import { directoryLakes, type Lakes, s3Lakes } from '../lake/lakes.ts';
import { seededRandom } from '../support/network/faultyProxy.ts';

describe.each([
  ['a folder', directoryLakes],
  ['SeaweedFS', s3Lakes],
])('a dataset in %s', (_name, start) => {
  let lakes: Lakes;
  let house: House;
  let folder: string;

  beforeAll(async () => {
    lakes = await start();
    house = await openHouse(openLake(lakes.locate()));
    folder = await house.begin('work');
    for (let i = 0; i < 10; i++) writeFileSync(join(folder, `f${i}`), randomBytes(100_000));
    await house.sync(folder);
    for (let i = 2; i < 10; i++) rmSync(join(folder, `f${i}`));
    await house.sync(folder);
  });
  afterAll(async () => {
    house?.remove();
    await lakes?.stop();
  });

  test('is left alone by a collection while its objects are young, by the store’s own times', async () => {
    await house.rm(1);
    const before = await house.objects();
    const { young, named } = await house.gc();
    expect([young.objects > 0, named.objects]).toEqual([true, 0]);
    expect(await house.objects()).toEqual(before);
  });

  test('is repacked, and a day after it was named its garbage is gone', async () => {
    const digests = await house.verifyAll();
    expect(await house.repack()).toMatchObject({ sparse: { objects: 1 }, relocated: [2], problems: [] });
    const { named, deleted } = await house.gc({ olderThan: 0 });
    expect([named.objects > 2, deleted.objects]).toEqual([true, 0]);
    const before = await house.objects();
    expect(await house.gc({ olderThan: 0 })).toMatchObject({ waiting: named });
    house.pass(day);
    expect(await house.gc()).toMatchObject({ deleted: named });
    expect((await house.objects()).length).toBe(before.length - named.objects);
    expect(await house.verifyAll()).toEqual(digests);
  });

  test.each(['flipped', 'cut', 'gone'] as const)(
    'is healed from a folder where bytes are %s',
    async (how) => {
      const digests = await house.verifyAll();
      await house.damage(2, 'f1', how);
      const { healed, problems } = await house.repair({
        folders: [{ path: folder, name: 'here', workingCopy: true }],
      });
      expect(healed).toContainEqual({ path: 'f1', from: 'here' });
      expect(problems).toEqual([]);
      expect(await house.verifyAll()).toEqual(digests);
    },
  );

  test('is whole whenever housekeeping dies, and the next time finishes what was begun', async () => {
    const random = seededRandom(7);
    for (let round = 0; round < 6; round++) {
      for (let i = 0; i < 6; i++) writeFileSync(join(folder, `r${i}`), randomBytes(20_000));
      await house.sync(folder);
      for (let i = 1; i < 6; i++) rmSync(join(folder, `r${i}`));
      await house.sync(folder);
      for (const { version } of (await house.versions()).slice(0, -1)) await house.rm(version);
      const dying = () => ({ lake: mortalLake(house.lake, Math.floor(random() * 12)) });
      await house.repack(dying()).catch(() => {});
      await house.verifyAll();
      house.pass(2 * day);
      await house.gc(dying()).catch(() => {});
      house.pass(2 * day);
      await house.gc(dying()).catch(() => {});
      await house.verifyAll();
    }
    await house.repack();
    for (let i = 0; i < 2; i++) {
      house.pass(2 * day);
      await house.gc();
    }
    await house.verifyAll();
    expect(await house.gc()).toMatchObject({ unreferenced: [] });
  });
});
