import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepProgram } from './program.ts';

let home: string;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'fb-program-'));
});
afterEach(() => fs.rmSync(home, { recursive: true }));

/** Copies a bundle whose first file has this text as if it were `day`; answers its copy. */
async function keep(text: string, day: number): Promise<string> {
  const program = path.join(home, 'new', 'forebay.mjs');
  fs.mkdirSync(path.dirname(program), { recursive: true });
  fs.writeFileSync(program, text);
  fs.writeFileSync(path.join(home, 'new', 'chunk.mjs'), `the rest of ${text}`);
  const kept = await keepProgram(home, program);
  fs.utimesSync(path.dirname(kept), day, day);
  return kept;
}

test('of the copies of bundles the newest three stay, and what the running daemon was started from', async () => {
  const copies: string[] = [await keep('0', 100)];
  fs.writeFileSync(path.join(home, 'daemon.json'), JSON.stringify({ bundle: copies[0] }));
  for (let i = 1; i < 6; i++) copies.push(await keep(String(i), 100 + i));
  expect(copies.map((copy) => fs.existsSync(copy))).toEqual([true, false, false, true, true, true]);
  expect(fs.readFileSync(copies[5] as string, 'utf8')).toBe('5');
});

test('a copy has all files of its bundle, and one that is damaged is made whole', async () => {
  const chunk = path.join(path.dirname(await keep('a', 100)), 'chunk.mjs');
  expect(fs.readFileSync(chunk, 'utf8')).toBe('the rest of a');
  fs.writeFileSync(chunk, 'the r');
  await keep('a', 101);
  expect(fs.readFileSync(chunk, 'utf8')).toBe('the rest of a');
});

test('a bundle that was copied before is not copied again', async () => {
  const kept = await keep('same', 100);
  const { ino } = fs.statSync(kept);
  expect([await keep('same', 101), fs.statSync(kept).ino]).toEqual([kept, ino]);
});
