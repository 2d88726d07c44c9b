import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Lake } from '../../lake/lake.ts';
import { snapshotOf } from '../log/log.ts';
import { keyOf } from '../names.ts';
import { syncFolder } from '../sync.ts';
import { type House, openHouse } from '../testing/house.ts';
import { changedLake, control, temporaryLake } from '../testing/lake.ts';

// Threads are started: that takes its time on a machine that is busy with something else.
vi.setConfig({ testTimeout: 120_000 });

const files = 1000;
const versions = 150;
const path = (i: number) => `d${i % 20}/f${i}`;

let house: House;
let folder: string;

beforeEach(async () => {
  house = await openHouse(await temporaryLake());
  folder = await house.begin('work');
  for (let i = 0; i < 20; i++) mkdirSync(join(folder, `d${i}`));
  for (let i = 0; i < files; i++) write(i, `first ${i}`);
  await house.sync(folder);
});
afterEach(() => house.remove());

const write = (i: number, content: string) => writeFileSync(join(folder, path(i)), content);

/** What a sync of one changed file asks of the lake, by a program that was just started as the hub starts it. */
async function asked(change: number, content: string) {
  write(change, content);
  const count = { requests: 0, uploaded: 0 };
  const counting =
    <T extends unknown[], R>(operation: (...args: T) => R) =>
    (...args: T): R => {
      count.requests++;
      return operation(...args);
    };
  const { lake, lakeId, dataset } = house;
  const fresh: Lake = changedLake(lake, {
    get: counting((...args) => lake.get(...args)),
    put: counting((key, body, options) => {
      count.uploaded += body.length;
      return lake.put(key, body, options);
    }),
    putIfAbsent: counting((...args) => lake.putIfAbsent(...args)),
    head: counting((...args) => lake.head(...args)),
    list: counting((...args) => lake.list(...args)),
  });
  await house.versions();
  const log = structuredClone(snapshotOf(lake, keyOf.log(dataset.id))) as never;
  const options = { lakeId, folder, message: '', author: 'ann', replace: false };
  await syncFolder({ ...options, lake: fresh, log }, control());
  return count;
}

test('a version costs as many requests however many there were before, and little more bytes', async () => {
  // The first one may still have to learn where the pages of v1 are.
  await asked(0, 'second');
  const early = await asked(1, 'third');
  for (let version = 4; version <= versions; version++) {
    write((version * 37) % files, `changed in ${version}`);
    await house.sync(folder);
  }
  await asked(2, 'to begin with');
  const late = await asked(3, 'the last one');
  expect(late.requests).toBeLessThanOrEqual(early.requests + 3);
  expect(late.uploaded).toBeLessThan(20_000);
  await house.verifySome([1, versions, versions + 2]);
});
