import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemError } from './systemError.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forebay-errors-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const refused = (code: string) => Object.assign(new Error('refused'), { code });

describe('what a file system refuses', () => {
  test.each([
    ['Photos/IMG.png', 'photos/img.png'],
    ['caf\u00e9', 'cafe\u0301'],
  ])('names both of two paths that it takes for one: %s and %s', (first, second) => {
    const [top = '', name] = first.split('/');
    if (name) mkdirSync(join(folder, top));
    writeFileSync(join(folder, first), '');
    expect(systemError(refused('EEXIST'), folder, second)).toMatchObject({
      code: 'names-collide',
      message: `The file system of ${folder} can't tell '${second}' from '${first}', and the version has both.`,
    });
  });

  test('is a damaged list where the very same path comes twice', () => {
    writeFileSync(join(folder, 'a'), '');
    expect(systemError(refused('EEXIST'), folder, 'a')).toMatchObject({ code: 'damaged' });
  });

  test.each(['ENOSPC', 'EDQUOT'])('for lack of room (%s) is said with what is needed and free', (code) => {
    expect(systemError(refused(code), folder, 'a', { files: 1797, bytes: 38_200_000 })).toMatchObject({
      code: 'no-space',
      message: expect.stringMatching(/needs 38\.2 MB in 1,797 files; there is .+ free/),
    });
  });

  test.each([
    ['ENAMETOOLONG', 'bad-path'],
    ['EACCES', 'file-unreadable'],
    ['ENOENT', 'folder-busy'],
    ['EIO', 'internal'],
  ])('by %s becomes %s', (errno, code) => {
    expect(systemError(refused(errno), folder, 'a')).toMatchObject({ code });
  });
});
