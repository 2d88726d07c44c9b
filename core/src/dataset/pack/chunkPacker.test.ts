import { hash } from 'node:crypto';
import { appendFileSync, lstatSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import { noise, temporaryFolder } from '../testing/lake.ts';
import { DigestSet } from './digestSet.ts';
import type { FileToPack, FromPacker } from './messages.ts';
import { Pace } from './pace.ts';
import { Packer } from './packer.ts';
import { packBytes } from './plan.ts';

const MiB = 2 ** 20;
let folder: string;
let next = 0;

beforeEach(async () => {
  folder = await temporaryFolder();
});

function large(path: string, content: Uint8Array): FileToPack {
  writeFileSync(join(folder, path), content);
  const { size, mtimeMs, ctimeMs, ino } = lstatSync(join(folder, path));
  return { file: next++, path, size, executable: false, mtime: mtimeMs, ctime: ctimeMs, inode: ino };
}

async function pack(
  files: FileToPack[],
  known: { files?: string[]; chunks?: string[] } = {},
  onBuffer = () => {},
) {
  const sent: FromPacker[] = [];
  const data = {
    folder,
    known: DigestSet.of(known.files ?? []).shared,
    knownChunks: DigestSet.of(known.chunks ?? []).shared,
    pace: new Pace(1e6).shared,
    cores: 1,
  };
  const port = {
    send: (message: FromPacker) => void sent.push(message),
    buffer: async () => {
      onBuffer();
      return new SharedArrayBuffer(packBytes);
    },
  };
  await new Packer(data, port).pack(files, true);
  const ofType = <T extends FromPacker['type']>(type: T) =>
    sent.filter((message): message is FromPacker & { type: T } => message.type === type);
  return { packs: ofType('pack'), cuts: ofType('cut'), changed: ofType('changed'), hashed: ofType('hashed') };
}

test('chunks of several files lie in one pack, each once, and make up the files again', async () => {
  const first = noise(30 * MiB, 1);
  const text = Buffer.from('a,b,c\n'.repeat(3 * MiB));
  const contents = [first, text, Buffer.concat([Buffer.from('x'), first])];
  const files = contents.map((content, i) => large(`f${i}`, content));
  const { packs, cuts } = await pack(files);
  expect(packs).toHaveLength(1);
  const found = new Map<string, Buffer>();
  for (const { buffer, chunks } of packs) {
    for (const { sha256, offset, length, codec, size } of chunks) {
      const stored = Buffer.from(buffer, offset, length);
      const content = codec === 'zstd' ? zstdDecompressSync(stored) : stored;
      expect(content).toHaveLength(size);
      expect(hash('sha256', content)).toBe(sha256);
      expect(found.has(sha256)).toBe(false);
      found.set(sha256, content);
    }
    expect(new Set(chunks.map(({ codec }) => codec))).toEqual(new Set(['raw', 'zstd']));
  }
  for (const [i, { file, sha256, chunks }] of cuts.entries()) {
    expect(file).toBe(files[i]?.file);
    const whole = Buffer.concat(chunks.map((chunk) => found.get(chunk) as Buffer));
    expect(whole.equals(contents[i] as Buffer)).toBe(true);
    expect(hash('sha256', whole)).toBe(sha256);
  }
  expect(packs[0]?.length).toBeLessThan(42 * MiB);
});

test('packs are nearly full, and no chunk is laid over the end of one', async () => {
  const { packs, cuts } = await pack([large('a', noise(90 * MiB, 2)), large('b', noise(60 * MiB, 3))]);
  expect(packs).toHaveLength(3);
  for (const { length } of packs.slice(0, -1)) {
    expect(length).toBeGreaterThan(47 * MiB);
    expect(length).toBeLessThanOrEqual(packBytes);
  }
  expect(packs.flatMap(({ chunks }) => chunks)).toHaveLength(cuts.flatMap(({ chunks }) => chunks).length);
});

test('what the lake has is not packed: neither chunks, nor a file that it has in one piece', async () => {
  const content = noise(20 * MiB, 4);
  const file = large('a', content);
  const { cuts } = await pack([file]);
  const chunks = cuts[0]?.chunks ?? [];
  const again = await pack([file], { chunks });
  expect(again.packs).toEqual([]);
  expect(again.cuts[0]?.chunks).toEqual(chunks);
  const some = await pack([file], { chunks: chunks.slice(1) });
  expect(some.packs.flatMap((message) => message.chunks.map(({ sha256 }) => sha256))).toEqual([chunks[0]]);
  const whole = await pack([{ ...file, asWhole: true }], { files: [hash('sha256', content)] });
  expect(whole).toMatchObject({ packs: [], cuts: [], hashed: [{ files: [{ file: file.file }] }] });
  expect((await pack([{ ...file, asWhole: true }])).cuts).toHaveLength(1);
});

test('a file that grows while it is read is nobody’s, and its neighbour is whole', async () => {
  const files = [large('grows', noise(70 * MiB, 5)), large('rests', noise(17 * MiB, 6))];
  let buffers = 0;
  const { cuts, changed } = await pack(files, {}, () => {
    if (++buffers === 2) appendFileSync(join(folder, 'grows'), 'more');
  });
  expect(changed).toEqual([{ type: 'changed', files: [files[0]?.file] }]);
  expect(cuts.map(({ file }) => file)).toEqual([files[1]?.file]);
});
