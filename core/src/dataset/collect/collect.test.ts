import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { deleteDataset } from '../catalog.ts';
import { readHistory } from '../history.ts';
import { datasetLog } from '../log/kinds.ts';
import { readLog, readRecord } from '../log/log.ts';
import { keyOf } from '../names.ts';
import { day } from '../testing/agedLake.ts';
import { type House, openHouse } from '../testing/house.ts';
import { changedLake, temporaryLake } from '../testing/lake.ts';
import { mortalLake } from '../testing/mortalLake.ts';
import { readNamed } from './records.ts';

// Threads are started: that takes its time on a machine that is busy with something else.
vi.setConfig({ testTimeout: 60_000 });

let house: House;
let folder: string;

beforeEach(async () => {
  house = await openHouse(await temporaryLake());
  folder = await house.begin('work');
});
afterEach(() => house.remove());

const write = (name: string, content: string, at = folder) => writeFileSync(join(at, name), content);
const unreferenced = (found: { unreferenced: { objects: number }[] }) =>
  found.unreferenced.reduce((sum, { objects }) => sum + objects, 0);

describe('garbage', () => {
  test('is nothing while every version is there', async () => {
    for (const content of ['1', '2', '3']) {
      write('a', content);
      await house.sync(folder);
    }
    house.pass(3 * day);
    expect(await house.gc()).toMatchObject({ unreferenced: [], named: { objects: 0 } });
  });

  test('of a removed version is shown, named, and a day later deleted; the others stay whole', async () => {
    write('kept', 'in every version');
    write('a', 'old');
    await house.sync(folder);
    write('a', 'new');
    await house.sync(folder);
    await house.rm(1);
    house.pass(2 * day);
    const before = await house.objects();
    const shown = await house.gc({ dryRun: true });
    expect(shown.unreferenced.map(({ kind, objects }) => [kind, objects])).toEqual([['roots', 1]]);
    expect(await house.objects()).toEqual(before);
    expect(await readHistory(house.lake, house.dataset.id)).toMatchObject({ collects: 0 });

    expect(await house.gc()).toMatchObject({ named: { objects: 1 }, deleted: { objects: 0 } });
    expect(await house.objects()).toEqual(before);
    const waiting = await house.gc();
    expect(waiting).toMatchObject({ named: { objects: 0 }, waiting: { objects: 1 } });
    expect(Date.parse(waiting.waiting.until ?? '')).toBeGreaterThan(Date.now() + 2 * day);
    house.pass(day);
    expect(await house.gc()).toMatchObject({ deleted: { objects: 1 }, waiting: { objects: 0, until: null } });
    expect((await house.objects()).length).toBe(before.length - 1);
    expect(await house.gc()).toMatchObject({ unreferenced: [] });
    await house.verifyAll();
  });

  test('that was just uploaded is left alone unless one asks for it', async () => {
    write('a', '1');
    await house.sync(folder);
    await house.lake.put(keyOf.pack(house.dataset.id, 'a'.repeat(26)), Buffer.alloc(10));
    expect(await house.gc()).toMatchObject({ young: { objects: 1, bytes: 10 }, named: { objects: 0 } });
    expect(await house.gc({ olderThan: 0 })).toMatchObject({ young: { objects: 0 }, named: { objects: 1 } });
  });

  test('is never what this program doesn’t know: the log, learned hashes, odd names', async () => {
    write('a', '1');
    await house.sync(folder);
    const odd = ['learned/x', `packs/${'a'.repeat(26)}.bak`, 'sketches/y', 'packs/readme'];
    for (const key of odd) await house.lake.put(`datasets/${house.dataset.id}/${key}`, Buffer.of(1));
    house.pass(9 * day);
    expect(unreferenced(await house.gc())).toBe(0);
  });

  test('of a deleted dataset is all of it but its log', async () => {
    write('a', '1');
    await house.sync(folder);
    await deleteDataset(house.lake, house.dataset, 'ann');
    await expect(house.sync(folder)).rejects.toMatchObject({ code: 'dataset-unknown' });
    for (let i = 0; i < 3; i++) {
      house.pass(2 * day);
      await house.gc({ deleted: true });
    }
    expect(await house.objects()).toEqual([]);
  });

  test('can’t be told where a manifest is damaged, so nothing is named', async () => {
    write('a', '1');
    await house.sync(folder);
    const [version] = await house.versions();
    await house.lake.put(keyOf.root(house.dataset.id, version?.root ?? ''), Buffer.from('rot'));
    house.pass(2 * day);
    await expect(house.gc()).rejects.toMatchObject({
      code: 'damaged',
      message: /t@v1/,
      hint: /data rm t@v1/,
    });
  });

  test('of a hundred thousand objects is named in several records', async () => {
    write('a', '1');
    await house.sync(folder);
    const names = Array.from({ length: 100_000 }, (_, i) => {
      const digits = [...String(i).padStart(6, '0')].map((digit) => 'abcdefghij'[Number(digit)]);
      return `packs/${'z'.repeat(20)}${digits.join('')}.tar`;
    });
    const prefix = `datasets/${house.dataset.id}/packs/`;
    const deleted = new Set<string>();
    const many = changedLake(house.lake, {
      async *list(asked, options) {
        yield* house.lake.list(asked, options);
        if (asked !== prefix) return;
        for (const name of names) {
          const key = `datasets/${house.dataset.id}/${name}`;
          if (!deleted.has(key)) yield { key, size: 1, modified: 0 };
        }
      },
      delete: async (key) => void deleted.add(key),
    });
    expect(await house.gc({ lake: many })).toMatchObject({ named: { objects: 100_000 } });
    const log = keyOf.log(house.dataset.id);
    const { collects } = await readLog(house.lake, log, datasetLog);
    expect(collects).toHaveLength(4);
    const first = await readRecord(house.lake, log, datasetLog, collects[0] ?? 0);
    expect(first).toMatchObject({ kind: 'collect', objects: names.slice(0, 25_000) });
    house.pass(day);
    expect(await house.gc({ lake: many })).toMatchObject({ deleted: { objects: 100_000 } });
    expect(deleted.size).toBe(100_000);
  });
});

describe('a writer', () => {
  /** Uploads everything and stops before its commit is sent, until `go`. */
  function sleeper(at: string) {
    const arrived = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const slow = changedLake(house.lake, {
      async put(key, body, options) {
        await house.lake.put(key, body, options);
        if (!key.includes('/roots/')) return;
        arrived.resolve();
        await go.promise;
      },
    });
    const done = house.sync(at, { lake: slow });
    return { done, arrived: arrived.promise, go: go.resolve };
  }

  test('that slept for two days while its uploads were collected loses and damages nothing', async () => {
    write('a', 'first');
    await house.sync(folder);
    for (let i = 0; i < 20; i++) write(`n${i}`, `new ${i}`.repeat(100));
    // Older than a clock's tick, so that its packs are journalled and would be used again.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { done, arrived, go } = sleeper(folder);
    await arrived;
    house.pass(1.5 * day);
    expect((await house.gc()).named.objects).toBeGreaterThan(2);
    house.pass(1.1 * day);
    expect((await house.gc()).deleted.objects).toBeGreaterThan(2);
    go();
    expect(await done).toMatchObject({ version: 2, added: 20 });
    expect((await house.verifyAll()).size).toBe(2);
    house.pass(3 * day);
    await house.gc();
    house.pass(2 * day);
    await house.gc();
    expect((await house.verifyAll()).size).toBe(2);
    expect(await house.gc()).toMatchObject({ unreferenced: [] });
  });

  test('whose parent was removed and collected meanwhile makes a whole version', async () => {
    write('a', 'shared by both');
    await house.sync(folder);
    write('b', 'second');
    await house.sync(folder);
    write('c', 'third');
    const { done, arrived, go } = sleeper(folder);
    await arrived;
    await house.rm(2);
    await house.rm(1);
    for (let i = 0; i < 2; i++) {
      house.pass(1.5 * day);
      await house.gc();
    }
    go();
    expect(await done).toMatchObject({ version: 3, files: 3 });
    expect([...(await house.verifyAll()).keys()]).toEqual([3]);
  });

  test('that commits between a collector’s look and its record keeps what it refers to', async () => {
    write('a', 'first');
    await house.sync(folder);
    write('b', 'uploaded long ago');
    const late = sleeper(folder);
    await late.arrived;
    house.pass(2 * day);
    let raced = false;
    const racing = changedLake(house.lake, {
      async *list(prefix, options) {
        yield* house.lake.list(prefix, options);
        if (raced || !prefix.endsWith('/changes/')) return;
        raced = true;
        late.go();
        await late.done;
      },
    });
    expect(await house.gc({ lake: racing })).toMatchObject({ named: { objects: 0 } });
    expect(await readHistory(house.lake, house.dataset.id)).toMatchObject({ collects: 0 });
    house.pass(2 * day);
    expect(await house.gc()).toMatchObject({ deleted: { objects: 0 } });
    expect([...(await house.verifyAll()).keys()]).toEqual([1, 2]);
  });
});

test('a reader that begins at a checkpoint knows what was named as garbage', async () => {
  write('a', '0');
  await house.sync(folder);
  await house.lake.put(keyOf.pack(house.dataset.id, 'a'.repeat(26)), Buffer.alloc(10));
  house.pass(2 * day);
  await house.gc();
  for (let i = 1; i < 70; i++) {
    write('a', String(i));
    await house.sync(folder);
  }
  const reads: string[] = [];
  const fresh = changedLake(house.lake, {
    get: (key, options) => {
      reads.push(key);
      return house.lake.get(key, options);
    },
  });
  const name = `packs/${'a'.repeat(26)}.tar`;
  const named = await readNamed(fresh, house.dataset.id, new Set([name]), new AbortController().signal);
  expect([...named.keys()]).toEqual([name]);
  expect(reads.filter((key) => key.endsWith('.checkpoint'))).toHaveLength(1);
  expect(reads.length).toBeLessThan(20);
});

test('a crash at any operation of naming and deleting is harmless, and the next collection finishes', async () => {
  let crashes = 0;
  for (let at = 0; ; at++) {
    const world = await openHouse(await temporaryLake());
    const work = await world.begin('work');
    for (const content of ['1', '2', '3']) {
      write('a', content, work);
      rmSync(join(work, 'b'), { force: true });
      write('b', content.repeat(9), work);
      await world.sync(work);
    }
    await world.rm(1);
    world.pass(2 * day);
    await world.gc();
    await world.rm(2);
    world.pass(2 * day);
    const crashed = await world.gc({ lake: mortalLake(world.lake, at) }).then(
      () => false,
      () => true,
    );
    for (let i = 0; i < 2; i++) {
      world.pass(2 * day);
      await world.gc();
    }
    expect(await world.gc()).toMatchObject({ unreferenced: [] });
    expect([...(await world.verifyAll()).keys()]).toEqual([3]);
    world.remove();
    if (!crashed) break;
    crashes++;
  }
  expect(crashes).toBeGreaterThan(3);
});
