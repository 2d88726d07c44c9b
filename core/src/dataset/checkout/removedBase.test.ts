import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { day } from '../testing/agedLake.ts';
import { type House, openHouse } from '../testing/house.ts';
import { control, temporaryLake } from '../testing/lake.ts';
import { cloneVersion } from './clone.ts';
import { pullVersions } from './pull.ts';
import { readTree } from './testing/testTree.ts';

// Threads are started: that takes its time on a machine that is busy with something else.
vi.setConfig({ testTimeout: 60_000 });

let house: House;
let theirs: string;
let mine: string;

beforeEach(async () => {
  house = await openHouse(await temporaryLake());
  theirs = await house.begin('theirs');
  write(theirs, {
    same: 's',
    theirs: 'old',
    mine: 'old',
    both: 'old',
    'deleted by me': 'd',
    'deleted by them': 'x',
  });
  await house.sync(theirs);
  mine = join(house.top, 'mine');
  const [version] = await house.versions();
  if (!version) throw new Error();
  const { lake, lakeId, dataset } = house;
  await cloneVersion({ lake, lakeId, datasetId: dataset.id, name: 't', version, folder: mine }, control());
});
afterEach(() => house.remove());

function write(folder: string, files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content);
}
const pull = () => pullVersions({ lake: house.lake, lakeId: house.lakeId, folder: mine }, control());
const names = (folder: string) => Object.keys(readTree(folder, ['.forebay'])).sort();
const read = (path: string) => readFileSync(join(mine, path), 'utf8');

test.each([
  ['and is still in the lake', 0],
  ['and is gone from the lake', 3],
])('a pull from a base that was removed %s still knows who changed what', async (_, collections) => {
  write(theirs, { theirs: 'new', both: 'new by them', added: '+' });
  rmSync(join(theirs, 'deleted by them'));
  await house.sync(theirs);
  await setTimeout(100);
  write(mine, { mine: 'new by me', both: 'new by me' });
  rmSync(join(mine, 'deleted by me'));
  await house.rm(1);
  for (let i = 0; i < collections; i++) {
    house.pass(2 * day);
    await house.gc();
  }
  expect(await pull()).toMatchObject({ version: 2, added: 1, changed: 1, removed: 1, conflicts: ['both'] });
  expect(names(mine)).toEqual(['added', 'both', 'mine', 'same', 'theirs']);
  expect([read('theirs'), read('mine'), read('both')]).toEqual(['new', 'new by me', 'new by me']);
  expect(await house.sync(mine, { replace: false })).toMatchObject({ version: 3, changed: 2, removed: 1 });
  expect([...(await house.verifyAll()).keys()]).toEqual([2, 3]);
});

test.each([1, 2])(
  'a working copy of the newest version, removed with %i more, goes on from what is left',
  async (more) => {
    write(theirs, { theirs: 'second' });
    await house.sync(theirs);
    await house.rm(2);
    if (more === 2) await house.rm(1);
    for (let i = 0; i < 3; i++) {
      house.pass(2 * day);
      await house.gc();
    }
    expect(await house.sync(theirs, { replace: false })).toMatchObject({ version: 3, files: 6 });
    expect((await house.verifyAll()).has(3)).toBe(true);
    if (more === 1) expect(await pull()).toMatchObject({ version: 3, changed: 1, conflicts: [] });
  },
);
