import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Lake } from '../../lake/lake.ts';
import { openRepository } from '../repository.ts';
import { initWorkingCopy, syncFolder } from '../sync.ts';
import { control, temporaryFolder, temporaryLake } from '../testing/lake.ts';
import { findAround } from './findAround.ts';

let lake: Lake;
let lakeId: string;
let outer: string;
let inner: string;

beforeEach(async () => {
  lake = await temporaryLake();
  lakeId = (await openRepository(lake, { create: true })).id;
  outer = await temporaryFolder();
  inner = join(outer, 'a b', 'c');
  await mkdir(inner, { recursive: true });
  await writeFile(join(inner, 'x'), 'x');
});

const init = (folder: string, name: string) => initWorkingCopy({ lake, lakeId, folder, name, author: 'ann' });
const sync = (folder: string) =>
  syncFolder({ lake, lakeId, folder, message: '', author: 'ann', replace: false }, control());

test('a working copy is found from any folder within it, the nearest first', async () => {
  expect(await findAround(inner)).toBeUndefined();
  await init(outer, 'outer');
  expect([await findAround(outer), await findAround(inner)]).toEqual([outer, outer]);
});

test('a folder inside a working copy becomes none of its own', async () => {
  await init(outer, 'outer');
  await expect(init(inner, 'inner')).rejects.toMatchObject({
    code: 'bad-request',
    message: `${inner} is inside ${outer}, a working copy of 'outer' already.`,
  });
  await expect(readFile(join(inner, '.forebay/working-copy.json'))).rejects.toThrow('ENOENT');
  await init(outer, 'outer');
});

test('a working copy inside another is refused by name, until its state is gone', async () => {
  await init(inner, 'inner');
  expect(await findAround(inner)).toBe(inner);
  await init(outer, 'outer');
  await expect(sync(outer)).rejects.toMatchObject({
    code: 'bad-request',
    message: expect.stringContaining('"a b/c" is a working copy itself'),
    hint: expect.stringContaining('"a b/c/.forebay"'),
  });
  await rm(join(inner, '.forebay'), { recursive: true });
  expect(await sync(outer)).toMatchObject({ version: 1, files: 1 });
});
