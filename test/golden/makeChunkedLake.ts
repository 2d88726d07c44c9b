/**
 * Made `chunked/` and `chunked.json` once, on the day large files were first cut into chunks; they are never made again,
 * since every later Forebay must read the lake as it is. Run: `node test/golden/makeChunkedLake.ts EMPTY-FOLDER`.
 */

import { createCipheriv } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Entry } from '../../core/src/dataset/entry.ts';
import { readHistory } from '../../core/src/dataset/history.ts';
import { readEntries } from '../../core/src/dataset/manifest/read.ts';
import { openRepository } from '../../core/src/dataset/repository.ts';
import { initWorkingCopy, syncFolder } from '../../core/src/dataset/sync.ts';
import type { Lake } from '../../core/src/lake/lake.ts';
import { openLake } from '../../core/src/lake/open.ts';

const out = process.argv[2] as string;
const lake = openLake({ url: join(out, 'chunked') });
const { id: lakeId } = await openRepository(lake, { create: true });
const folder = await mkdtemp(join(tmpdir(), 'golden-'));
const author = 'Ada Lovelace';

/** Of a network, as far as it can be told from its address: so what shrinks is stored compressed. */
const far: Lake = {
  url: 's3://golden',
  create: () => lake.create(),
  get: (...args) => lake.get(...args),
  put: (...args) => lake.put(...args),
  putIfAbsent: (...args) => lake.putIfAbsent(...args),
  head: (key) => lake.head(key),
  list: (prefix) => lake.list(prefix),
  delete: (key) => lake.delete(key),
  now: () => lake.now(),
  externals: lake.externals,
  close: () => lake.close(),
};

const noise = (size: number, seed: number) =>
  createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16)).update(Buffer.alloc(size));
const table = (lines: number, line = 'cat,1\n') => Buffer.from(line.repeat(lines));
/** In chunks of 16 MiB, which are the same, and what is left. */
const zeros = (chunks: number, end: Buffer) => Buffer.concat([Buffer.alloc(chunks * 16 * 2 ** 20), end]);

async function put(path: string, content: Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
  await utimes(join(folder, path), 1_700_000_000.5, 1_700_000_000.25);
}
const sync = (message: string) =>
  syncFolder(
    { lake: far, lakeId, folder, message, author, replace: false },
    { signal: new AbortController().signal, report: () => undefined },
  );

await initWorkingCopy({ lake, lakeId, folder, name: 'chunked', author });
await put('large.bin', zeros(2, noise(3000, 1)));
await put(`long/${'é'.repeat(126)}`, zeros(1, noise(2000, 2)));
await put('noise.png', noise(2000, 3));
await put('table.csv', table(10_000));
await put('Tabelle 😀/cafe\u0301.csv', table(4000, 'dog,2\n'));
await sync('large and compressed');
await put('large.bin', zeros(2, noise(3500, 4)));
await put('larger.bin', zeros(3, table(10_000)));
await rename(join(folder, 'table.csv'), join(folder, 'moved.csv'));
await sync('a few chunks more');

const state = JSON.parse(await readFile(join(folder, '.forebay/working-copy.json'), 'utf8'));
const dataset: string = state.dataset.id;
const versions = [];
for (const version of (await readHistory(lake, dataset)).versions) {
  const entries: Entry[] = [];
  for await (const entry of readEntries(lake, dataset, version.root)) entries.push(entry);
  versions.push({ ...version, entries });
}
await writeFile(join(out, 'chunked.json'), `${JSON.stringify({ lakeId, dataset, versions }, null, 1)}\n`);
await rm(folder, { recursive: true });
await rm(join(out, 'chunked', '.tmp'), { recursive: true, force: true });
