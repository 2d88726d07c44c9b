import { afterEach, beforeEach, expect, test } from 'vitest';
import { setParams } from './params.ts';
import { readRun } from './runs.ts';
import type { RunDatabase } from './store/open.ts';
import { newRun, newRuns } from './testing.ts';

let db: RunDatabase;
let run: string;
beforeEach(async () => {
  db = await newRuns();
  run = await newRun(db);
});
afterEach(() => db.destroy());

const set = (key: string, value: string, origin?: Parameters<typeof setParams>[3]) =>
  setParams(db, run, [{ key, value }], origin);
const params = async () =>
  Object.fromEntries((await readRun(db, run)).params.map(({ key, value }) => [key, value]));

test('what a script logs is set once, as it is written', async () => {
  await set('lr', '0.001');
  await set('lr', '0.001');
  await expect(set('lr', '1e-3')).rejects.toThrow("already logged with value='0.001'");
});

test.each([
  ['1e-3', '0.001'],
  ['true', 'True'],
  ['null', 'None'],
  ['1', '1.0'],
])('%s that was declared is %s in Python, and stays as it was declared', async (declared, logged) => {
  await set('a', declared, 'declared');
  await set('a', logged);
  expect(await params()).toEqual({ a: declared });
});

test('another value than was declared is refused', async () => {
  await set('a', '1', 'declared');
  await expect(set('a', 'True')).rejects.toThrow('Changing param values is not allowed');
  await set('b', '', 'declared');
  await expect(set('b', '0')).rejects.toThrow('Changing param values is not allowed');
});

test('what was only seen among the arguments gives way to the script, once', async () => {
  await set('depth', '3', 'argument');
  await set('depth', '5');
  await expect(set('depth', '3')).rejects.toThrow('Changing param values is not allowed');
  expect(await params()).toEqual({ depth: '5' });
});
