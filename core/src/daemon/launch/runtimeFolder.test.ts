import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { homeOf } from './home.ts';
import { homeHash, makeRuntimeFolder, runtimeFolderOf, socketPathOf } from './runtimeFolder.ts';

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fb-run-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test("the home is FOREBAY_HOME or the platform's data folder", () => {
  expect(homeOf({ FOREBAY_HOME: '/x/y' }, 'linux', '/home/ana')).toBe('/x/y');
  expect(homeOf({}, 'linux', '/home/ana')).toBe('/home/ana/.local/share/forebay');
  expect(homeOf({ XDG_DATA_HOME: '/data' }, 'linux', '/home/ana')).toBe('/data/forebay');
  expect(homeOf({}, 'darwin', '/Users/ana')).toBe('/Users/ana/Library/Application Support/Forebay');
});

describe('the runtime folder', () => {
  test('is the same through a link to the home, and before and after the home is made', () => {
    const home = path.join(folder, 'home');
    const before = homeHash(home);
    fs.mkdirSync(home);
    fs.symlinkSync(home, path.join(folder, 'link'));
    expect(homeHash(home)).toBe(before);
    expect(homeHash(path.join(folder, 'link'))).toBe(before);
    expect(homeHash(`${home}2`)).not.toBe(before);
  });

  test('leaves a runtime directory whose path is too long for a socket', () => {
    const long = path.join('/', 'x'.repeat(90));
    expect(socketPathOf('/home/ana', { XDG_RUNTIME_DIR: long })).not.toContain(long);
    expect(socketPathOf('/home/ana', { XDG_RUNTIME_DIR: '/run/user/1' })).toMatch(
      /^\/run\/user\/1\/forebay-/,
    );
  });

  test('is for its owner alone, and refused where others can write', () => {
    const env = { XDG_RUNTIME_DIR: folder };
    const made = makeRuntimeFolder('/home/ana', env);
    expect(made).toBe(runtimeFolderOf('/home/ana', env));
    expect(fs.statSync(made).mode & 0o777).toBe(0o700);
    fs.chmodSync(made, 0o777);
    expect(() => makeRuntimeFolder('/home/ana', env)).toThrow('can be written by others');
  });

  test('is not made through a link that somebody laid there', () => {
    fs.mkdirSync(path.join(folder, 'elsewhere'));
    fs.symlinkSync(path.join(folder, 'elsewhere'), path.join(folder, `forebay-${process.getuid?.()}`));
    expect(() => makeRuntimeFolder('/home/ana', { XDG_RUNTIME_DIR: folder })).toThrow(
      'belongs to somebody else',
    );
  });
});
