import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryPath } from '../testing/arbitraries.ts';
import { temporaryFolder } from '../testing/lake.ts';
import { headerLength, memberLength, padded, trailer, writeHeader } from './tar.ts';

const content = fc.uint8Array({ maxLength: 2000 });

function archive(members: { path: string; bytes: Uint8Array; executable: boolean }[]): Buffer {
  const length = members.reduce((sum, { path, bytes }) => sum + memberLength(path, bytes.length), trailer);
  const target = Buffer.alloc(length, 0xff);
  let at = 0;
  for (const { path, bytes, executable } of members) {
    const start = writeHeader(target, at, { path, size: bytes.length, executable, mtime: 1_700_000_000_123 });
    expect(start).toBe(at + headerLength(path, bytes.length));
    target.set(bytes, start);
    target.fill(0, start + bytes.length, start + padded(bytes.length));
    at = start + padded(bytes.length);
  }
  target.fill(0, at);
  expect(at + trailer).toBe(length);
  return target;
}

test('plain tar takes out what was packed, whatever the names', async () => {
  const folder = await temporaryFolder();
  const paths = fc.uniqueArray(arbitraryPath, {
    minLength: 1,
    maxLength: 8,
    // A path can't be both a file and a folder.
    selector: (path) => path.split('/')[0],
  });
  fc.assert(
    fc.property(paths, fc.infiniteStream(content), fc.boolean(), (names, contents, executable) => {
      const members = names.map((path) => ({ path, bytes: contents.next().value as Uint8Array, executable }));
      writeFileSync(join(folder, 'pack.tar'), archive(members));
      const out = join(folder, Math.random().toString(36));
      execFileSync('mkdir', [out]);
      execFileSync('tar', ['xf', join(folder, 'pack.tar'), '-C', out], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      for (const { path, bytes } of members) {
        expect(Buffer.compare(readFileSync(join(out, path)), bytes)).toBe(0);
        expect((statSync(join(out, path)).mode & 0o100) !== 0).toBe(executable);
        expect(Math.floor(statSync(join(out, path)).mtimeMs / 1000)).toBe(1_700_000_000);
      }
    }),
    { numRuns: 40 },
  );
});

test.each([99, 100, 101, 155, 200, 256, 257, 300])(
  'a path of %i characters comes out whole',
  async (length) => {
    const folder = await temporaryFolder();
    for (const path of [
      'x'.repeat(50) + '/'.padEnd(length - 50, 'y'),
      'ab/'.repeat(200).slice(0, length).replace(/\/$/, 'z'),
    ]) {
      if (path.split('/').some((name) => name.length > 255)) continue;
      writeFileSync(
        join(folder, 'pack.tar'),
        archive([{ path, bytes: Buffer.from('1'), executable: false }]),
      );
      const names = execFileSync('tar', ['tf', join(folder, 'pack.tar')]).toString();
      expect(names).toBe(`${path}\n`);
    }
  },
);

test('a file of 8 GiB and more says its size in an extended header', () => {
  const target = Buffer.alloc(4096);
  const at = writeHeader(target, 0, { path: 'big', size: 2 ** 33, executable: false, mtime: 0 });
  expect(at).toBe(3 * 512);
  expect(target.toString('latin1', 512, 600)).toContain(`size=${2 ** 33}\n`);
});
