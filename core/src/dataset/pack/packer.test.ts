import { hash } from 'node:crypto';
import { lstatSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/lake.ts';
import { DigestSet } from './digestSet.ts';
import type { FileToPack, FromPacker, PackerData } from './messages.ts';
import { Pace } from './pace.ts';
import { Packer } from './packer.ts';
import { readStable } from './readStable.ts';

let folder: string;
let next = 0;

beforeEach(async () => {
  folder = await temporaryFolder();
});

function scanned(path: string, content: string | Buffer): FileToPack {
  writeFileSync(join(folder, path), content);
  const { size, mtimeMs, ctimeMs, ino } = lstatSync(join(folder, path));
  return { file: next++, path, size, executable: false, mtime: mtimeMs, ctime: ctimeMs, inode: ino };
}

function dataOf(known: string[], knownChunks: string[] = []): PackerData {
  const [files, chunks] = [DigestSet.of(known), DigestSet.of(knownChunks)];
  return { folder, known: files.shared, knownChunks: chunks.shared, pace: new Pace(1e6).shared, cores: 1 };
}

async function pack(files: FileToPack[], known: string[] = []): Promise<FromPacker[]> {
  const sent: FromPacker[] = [];
  const data = dataOf(known);
  const port = {
    send: (message: FromPacker) => void sent.push(message),
    buffer: async () => new SharedArrayBuffer(2 ** 20),
  };
  await new Packer(data, port).pack(files, false);
  return sent;
}

const ofType = <T extends FromPacker['type']>(sent: FromPacker[], type: T) =>
  sent.filter((message): message is FromPacker & { type: T } => message.type === type);

describe('a file is packed only as it was scanned', () => {
  test('so one that changed since is read by nobody', async () => {
    const files = [scanned('a', 'aaa'), scanned('b', 'bbb'), scanned('c', 'ccc'), scanned('d', 'ddd')];
    writeFileSync(join(folder, 'b'), 'longer');
    rmSync(join(folder, 'c'));
    rmSync(join(folder, 'd'));
    symlinkSync('a', join(folder, 'd'));
    const sent = await pack(files);
    expect(ofType(sent, 'changed')).toEqual([
      { type: 'changed', files: files.slice(1).map(({ file }) => file) },
    ]);
    const [packed] = ofType(sent, 'pack');
    expect(packed?.files.map(({ file }) => file)).toEqual([files[0]?.file]);
  });

  test('nor one that changes, even by its ctime alone, while it is read', async () => {
    const file = scanned('a', 'aaa');
    const reading = readStable(folder, file, () => {
      writeFileSync(join(folder, 'a'), 'bbb');
      return 'read';
    });
    expect(await reading).toEqual({ is: 'changed' });
    const later = { ...scanned('b', 'b'), ctime: file.ctime - 1 };
    expect(await readStable(folder, later, () => 'read')).toEqual({ is: 'changed' });
    expect(await readStable(folder, scanned('c', 'c'), () => 'read')).toEqual({ is: 'read', value: 'read' });
  });
});

test('what the lake has already is hashed, not packed', async () => {
  const files = [scanned('a', 'aaa'), scanned('b', 'bbb'), scanned('c', 'ccc')];
  const known = hash('sha256', 'bbb');
  const [packed] = ofType(await pack(files, [known, hash('sha256', 'z')]), 'pack');
  expect(packed?.files.map(({ stored }) => stored?.offset)).toEqual([512, undefined, 1536]);
  expect(packed?.files[1]?.sha256).toBe(known);
  const bytes = Buffer.from(packed?.buffer ?? new SharedArrayBuffer(0), 0, packed?.length);
  expect(bytes.length).toBe(4 * 512 + 1024);
  expect(bytes.toString('latin1', 1536, 1539)).toBe('ccc');
  const nothingNew = await pack(
    files,
    ['aaa', 'bbb', 'ccc'].map((content) => hash('sha256', content)),
  );
  expect(ofType(nothingNew, 'pack')).toEqual([]);
  expect(ofType(nothingNew, 'return-buffer')).toHaveLength(1);
  expect(ofType(nothingNew, 'hashed')[0]?.files).toHaveLength(3);
});

test('a buffer that was used before leaves nothing in the pack', async () => {
  const dirty = new SharedArrayBuffer(2 ** 20);
  Buffer.from(dirty).fill(0xff);
  const sent: FromPacker[] = [];
  const port = { send: (message: FromPacker) => void sent.push(message), buffer: async () => dirty };
  await new Packer(dataOf([]), port).pack([scanned('a', 'aaa')], false);
  const [packed] = ofType(sent, 'pack');
  expect(Buffer.from(dirty, 0, packed?.length).includes(0xff)).toBe(false);
});
