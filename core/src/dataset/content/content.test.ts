import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { openContent, readContent } from '../content.ts';
import type { FileEntry, Part } from '../entry.ts';
import { keyOf, randomName } from '../names.ts';
import { changedLake, collect, sha256, temporaryLake } from '../testing/lake.ts';

const dataset = randomName();

function file(parts: Part[], size: number): FileEntry {
  return { kind: 'file', path: 'f', size, executable: false, mtime: 0, sha256: sha256(), parts };
}

test('any range of a file of many parts, raw and compressed, is exactly those bytes', async () => {
  const lake = await temporaryLake();
  const pieces = [700, 3000, 1, 4096].map((size) => randomBytes(size));
  const parts: Part[] = [];
  for (const [i, piece] of pieces.entries()) {
    const stored = i % 2 ? zstdCompressSync(piece) : piece;
    const pack = randomName();
    await lake.put(keyOf.pack(dataset, pack), Buffer.concat([randomBytes(512), stored, randomBytes(99)]));
    const codec = i % 2 ? 'zstd' : 'raw';
    parts.push({ pack, offset: 512, length: stored.length, codec, size: piece.length });
  }
  const whole = Buffer.concat(pieces);
  const entry = file(parts, whole.length);
  expect(Buffer.compare(await readContent(lake, dataset, entry), whole)).toBe(0);
  const range = fc.tuple(fc.nat(whole.length), fc.nat(whole.length));
  await fc.assert(
    fc.asyncProperty(range, async ([a, b]) => {
      const [offset, end] = [Math.min(a, b), Math.max(a, b)];
      const bytes = await readContent(lake, dataset, entry, { offset, length: end - offset });
      expect(Buffer.compare(bytes, whole.subarray(offset, end))).toBe(0);
    }),
  );
});

test('a large file comes piece by piece', async () => {
  const lake = await temporaryLake();
  const bytes = randomBytes(20 * 2 ** 20);
  const pack = randomName();
  await lake.put(keyOf.pack(dataset, pack), bytes);
  const entry = file(
    [{ pack, offset: 0, length: bytes.length, codec: 'raw', size: bytes.length }],
    bytes.length,
  );
  const pieces = await collect(openContent(lake, dataset, entry));
  expect(pieces.length).toBeGreaterThan(2);
  expect(Buffer.compare(Buffer.concat(pieces), bytes)).toBe(0);
});

test('an empty file has no bytes, and needs no pack', async () => {
  expect(await readContent(await temporaryLake(), dataset, file([], 0))).toHaveLength(0);
});

test('a pack that is missing, cut short or damaged is named', async () => {
  const lake = await temporaryLake();
  const pack = randomName();
  const part = (codec: 'raw' | 'zstd', size = 100): Part => ({ pack, offset: 0, length: 100, codec, size });
  await expect(readContent(lake, dataset, file([part('raw')], 100))).rejects.toMatchObject({
    code: 'damaged',
    message: expect.stringContaining(pack),
  });
  await lake.put(keyOf.pack(dataset, pack), randomBytes(50));
  await expect(readContent(lake, dataset, file([part('raw')], 100))).rejects.toMatchObject({
    code: 'damaged',
  });
  await lake.put(keyOf.pack(dataset, pack), randomBytes(100));
  await expect(readContent(lake, dataset, file([part('zstd')], 100))).rejects.toMatchObject({
    code: 'damaged',
  });
  await expect(readContent(lake, dataset, file([part('raw')], 200))).rejects.toMatchObject({
    code: 'damaged',
  });
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/object`;
}

test('an imported file is read from where it is, as long as it is the same object', async () => {
  const lake = await temporaryLake();
  const bytes = randomBytes(1000);
  let etag = '"e1"';
  const url = await serve((request, response) => {
    if (request.url !== '/object?versionId=v%207') return response.writeHead(404).end();
    if (request.headers['if-match'] !== etag) return response.writeHead(412).end();
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
    response.writeHead(206, { ETag: etag, 'Content-Range': `bytes ${from}-${to}/1000` });
    return response.end(bytes.subarray(Number(from), Number(to) + 1));
  });
  const external = { url, etag: 'e1', versionId: 'v 7', size: 1000 };
  const entry = file([{ external }], 1000);
  expect(Buffer.compare(await readContent(lake, dataset, entry), bytes)).toBe(0);
  const range = { offset: 900, length: 50 };
  expect(Buffer.compare(await readContent(lake, dataset, entry, range), bytes.subarray(900, 950))).toBe(0);
  etag = '"e2"';
  await expect(readContent(lake, dataset, entry)).rejects.toMatchObject({ code: 'object-changed' });
});

test('a server that ignores ranges and conditions is found out by ETag and size', async () => {
  const lake = await temporaryLake();
  const bytes = randomBytes(1000);
  let sent = bytes;
  const url = await serve((_, response) =>
    response.writeHead(200, { ETag: '"e1"', 'Content-Length': sent.length }).end(sent),
  );
  const entry = (etag: string) => file([{ external: { url, etag, versionId: null, size: 1000 } }], 1000);
  const range = { offset: 10, length: 5 };
  expect(Buffer.compare(await readContent(lake, dataset, entry('"e1"'), range), bytes.subarray(10, 15))).toBe(
    0,
  );
  await expect(readContent(lake, dataset, entry('e2'))).rejects.toMatchObject({ code: 'object-changed' });
  sent = bytes.subarray(1);
  await expect(readContent(lake, dataset, entry('e1'))).rejects.toMatchObject({ code: 'object-changed' });
});

test.each([
  ['a compressed part that is longer than it could be', { codec: 'zstd', length: 2 ** 40, size: 1000 }],
  ['one that would fill the memory', { codec: 'zstd', length: 2 ** 30, size: 2 ** 30 }],
  ['a raw part of two sizes', { codec: 'raw', length: 2 ** 30, size: 1000 }],
] as const)('%s is never read', async (_, part) => {
  const lake = changedLake(await temporaryLake(), { get: () => Promise.reject(new Error('It was read.')) });
  const entry = file([{ pack: randomName(), offset: 0, ...part }], part.size);
  await expect(readContent(lake, dataset, entry)).rejects.toMatchObject({ code: 'damaged' });
});
