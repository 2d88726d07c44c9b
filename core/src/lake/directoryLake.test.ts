import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DirectoryLake } from './directoryLake.ts';

let root: string;
let lake: DirectoryLake;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'forebay-lake-'));
  lake = new DirectoryLake(root);
});

afterEach(() => rm(root, { recursive: true, force: true }));

const leftInTemp = () => readdir(join(root, '.tmp'));

test('a cancelled put leaves neither the object nor a temporary file', async () => {
  const controller = new AbortController();
  const putting = lake.put('packs/big', new Uint8Array(64 * 2 ** 20), { signal: controller.signal });
  setImmediate(() => controller.abort());
  await expect(putting).rejects.toMatchObject({ code: 'cancelled' });
  expect(await lake.head('packs/big')).toBeUndefined();
  expect(await leftInTemp()).toEqual([]);
});

test('what a killed writer left is removed a day later, and what a living one is writing is kept', async () => {
  await lake.put('a', new Uint8Array(1));
  const [old, young] = [join(root, '.tmp', 'old'), join(root, '.tmp', 'young')];
  await writeFile(old, 'x');
  await writeFile(young, 'x');
  const before = new Date(Date.now() - 25 * 3600 * 1000);
  await utimes(old, before, before);
  await new DirectoryLake(root).put('b', new Uint8Array(1));
  expect(await leftInTemp()).toEqual(['young']);
});

test('a folder that is not there is a missing lake, until it is made', async () => {
  const missing = new DirectoryLake(join(root, 'not', 'there'));
  for (const attempt of [
    () => missing.get('forebay.json'),
    () => missing.head('forebay.json'),
    () => missing.put('forebay.json', new Uint8Array(1)),
    () => missing.putIfAbsent('forebay.json', new Uint8Array(1)),
    () => missing.list('').next(),
  ]) {
    await expect(attempt()).rejects.toMatchObject({
      code: 'lake-missing',
      message: `There is no folder ${join(root, 'not', 'there')}, where the lake should be.`,
    });
  }
  await missing.create();
  expect(await missing.putIfAbsent('forebay.json', new Uint8Array(1))).toEqual({ created: true });
});

test('a file in place of the folder is named', async () => {
  await writeFile(join(root, 'file'), 'x');
  await expect(new DirectoryLake(join(root, 'file')).get('a')).rejects.toMatchObject({
    code: 'lake-missing',
    message: `${join(root, 'file')} cannot be a lake: it is not a folder.`,
  });
});

test('a key never leads out of the lake', async () => {
  for (const key of ['../a', '/etc/passwd', 'a/../../b', 'a//b', '', '.tmp/x', 'a\0b', 'a/']) {
    await expect(lake.get(key)).rejects.toMatchObject({ code: 'bad-path' });
    await expect(lake.put(key, new Uint8Array(1))).rejects.toMatchObject({ code: 'bad-path' });
  }
});

test('objects are read-only files of the same name, so that plain tools can read a lake', async () => {
  await lake.put('packs/one.tar', Buffer.from('content'));
  const { mode, size } = await stat(join(root, 'packs', 'one.tar'));
  expect([mode & 0o222, size]).toEqual([0, 7]);
});

test('keys are listed in the order of their bytes, where folders and files mix too', async () => {
  const keys = ['a-b', 'a.b', 'a/x.json', 'a/x/y', 'a/z', 'a0', 'b'];
  for (const key of keys.toReversed()) await lake.put(`in/${key}`, Buffer.of(1));
  const listed: string[] = [];
  for await (const { key } of lake.list('in/')) listed.push(key);
  expect(listed).toEqual(keys.map((key) => `in/${key}`));
});
