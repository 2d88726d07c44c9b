import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readOutput, writeOutput } from './output.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forebay-output-'));
});
afterEach(() => rm(folder, { recursive: true }));

const read = async (from = 0, most = 1000) => {
  const { bytes, size } = await readOutput(folder, 'run', { from, most });
  return [Buffer.from(bytes).toString(), size];
};

test('what is sent twice stands once, and a hole is refused', async () => {
  expect(await read()).toEqual(['', 0]);
  expect(await writeOutput(folder, 'run', 0, Buffer.from('one\n'))).toBe(4);
  expect(await writeOutput(folder, 'run', 4, Buffer.from('two\n'))).toBe(8);
  expect(await writeOutput(folder, 'run', 0, Buffer.from('one\n'))).toBe(8);
  expect(await writeOutput(folder, 'run', 4, Buffer.from('two\nthree\n'))).toBe(14);
  await expect(writeOutput(folder, 'run', 20, Buffer.from('x'))).rejects.toThrow(
    'goes on at byte 14, not 20',
  );
  await expect(writeOutput(folder, 'other', 1, Buffer.from('x'))).rejects.toThrow('goes on at byte 0, not 1');
  expect(await read()).toEqual(['one\ntwo\nthree\n', 14]);
  expect(await read(4, 3)).toEqual(['two', 14]);
  expect(await read(99)).toEqual(['', 14]);
});
