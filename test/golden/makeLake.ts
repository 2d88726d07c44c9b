/**
 * Made `lake/` and `expected.json` once, on the day of format version 1; they are never made again, since every later
 * Forebay must read the lake as it is. Run: `node test/golden/makeLake.ts EMPTY-FOLDER`.
 */

import { hash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { createDataset } from '../../core/src/dataset/catalog.ts';
import { comparePaths, type Entry } from '../../core/src/dataset/entry.ts';
import { readHistory, tagVersion, untagVersion } from '../../core/src/dataset/history.ts';
import { catalogLog, catalogPrefix, datasetLog } from '../../core/src/dataset/log/kinds.ts';
import { appendRecord } from '../../core/src/dataset/log/log.ts';
import { readEntries } from '../../core/src/dataset/manifest/read.ts';
import { encodeRoot } from '../../core/src/dataset/manifest/root.ts';
import { ManifestWriter } from '../../core/src/dataset/manifest/write.ts';
import { keyOf, randomName } from '../../core/src/dataset/names.ts';
import { memberLength, padded, trailer, writeHeader } from '../../core/src/dataset/pack/tar.ts';
import { openRepository } from '../../core/src/dataset/repository.ts';
import { initWorkingCopy, syncFolder } from '../../core/src/dataset/sync.ts';
import { openLake } from '../../core/src/lake/open.ts';

const out = process.argv[2] as string;
const lake = openLake({ url: join(out, 'lake') });
const { id: lakeId } = await openRepository(lake, { create: true });
const folder = await mkdtemp(join(tmpdir(), 'golden-'));
const author = 'Ada Lovelace';
const control = { signal: new AbortController().signal, report: () => undefined };
const stamp = () => ({ id: randomName(), time: new Date().toISOString(), author });

await createDataset(lake, { name: 'deleted', description: '', author }).then(({ id }) =>
  appendRecord(lake, catalogPrefix, catalogLog, () => ({ kind: 'delete' as const, ...stamp(), dataset: id })),
);
await initWorkingCopy({ lake, lakeId, folder, name: 'first-name', author });
const state = JSON.parse(await readFile(join(folder, '.forebay/working-copy.json'), 'utf8'));
const dataset: string = state.dataset.id;
await appendRecord(lake, catalogPrefix, catalogLog, () => ({
  kind: 'rename' as const,
  ...stamp(),
  dataset,
  name: 'golden',
}));
await appendRecord(lake, catalogPrefix, catalogLog, () => ({
  kind: 'describe' as const,
  ...stamp(),
  dataset,
  description: 'Every thing of version 1',
}));

async function put(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
  await utimes(join(folder, path), 1_700_000_000.5, 1_700_000_000.25);
}
const sync = (message: string) =>
  syncFolder({ lake, lakeId, folder, message, author, replace: false }, control);

await put('plain.txt', 'hello\n');
await put('it\'s "quoted"/new\nline', 'newline\n');
await put('café/composed', 'NFC\n');
await put('cafe\u0301/decomposed', 'NFD\n');
await put('\uffee last of the plane', 'U+FFEE\n');
await put('😀 beyond it', 'U+1F600\n');
await put('empty file', '');
await put(`long/${'x'.repeat(120)}/${'y'.repeat(110)}`, 'long\n');
await put('run.sh', '#!/bin/sh\n');
await chmod(join(folder, 'run.sh'), 0o755);
await mkdir(join(folder, 'empty folder'));
await symlink('../plain.txt', join(folder, 'café/link'));
await sync('first');
for (let i = 0; i < 400; i++) await mkdir(join(folder, 'grid', String(i)), { recursive: true });
await put('plain.txt', 'hello again\n');
await rm(join(folder, 'run.sh'));
await sync('a tree of pages');
await put('mistake', 'to be removed\n');
await sync('a mistake');
await tagVersion(lake, dataset, 3, 'wrong', author);
const log = keyOf.log(dataset);
await appendRecord(lake, log, datasetLog, () => ({ kind: 'remove' as const, ...stamp(), version: 3 }));
await tagVersion(lake, dataset, 1, 'raw', author);
await tagVersion(lake, dataset, 1, 'other', author);
await untagVersion(lake, dataset, 'other', author);

// What today's writer doesn't make, made by hand: compressed content, parts, an imported object.
const text = 'all work and no play makes Jack a dull boy\n'.repeat(100);
const [head, tail] = [text.slice(0, 2000), text.slice(2000)];
const members = [
  { path: '.forebay/part/parts.txt.00001', bytes: Buffer.from(head) },
  { path: '.forebay/part/parts.txt.00002', bytes: Buffer.from(tail) },
  { path: '.forebay/zstd/squeezed.txt.zst', bytes: zstdCompressSync(Buffer.from(text)) },
];
const archive = Buffer.alloc(
  members.reduce((sum, { path, bytes }) => sum + memberLength(path, bytes.length), trailer),
);
const offsets: number[] = [];
let at = 0;
for (const { path, bytes } of members) {
  const start = writeHeader(archive, at, {
    path,
    size: bytes.length,
    executable: false,
    mtime: 1_700_000_000_000,
  });
  offsets.push(start);
  archive.set(bytes, start);
  at = start + padded(bytes.length);
}
const pack = randomName();
await lake.put(keyOf.pack(dataset, pack), archive);
const common = {
  kind: 'file' as const,
  executable: false,
  mtime: -1,
  sha256: hash('sha256', text),
  size: text.length,
};
const part = (i: number, codec: 'raw' | 'zstd', size: number) => ({
  pack,
  offset: offsets[i] as number,
  length: members[i]?.bytes.length as number,
  codec,
  size,
});
const origin = {
  url: 'https://data.example/object',
  etag: '"5eb63bbbe01eeed093cb22bb8f5acdc3"',
  versionId: 'v7',
};
const byHand: Entry[] = [
  { ...common, path: 'parts.txt', parts: [part(0, 'raw', head.length), part(1, 'raw', tail.length)] },
  { ...common, path: 'squeezed.txt', parts: [part(2, 'zstd', text.length)] },
  {
    ...common,
    path: 'imported',
    size: 11,
    sha256: null,
    origin,
    parts: [{ external: { ...origin, size: 11 } }],
  },
  {
    ...common,
    path: 'imported and read',
    size: 11,
    sha256: hash('sha256', 'hello world'),
    origin,
    parts: [{ external: { ...origin, size: 11 } }],
  },
  { ...common, path: 'imported and packed', origin, parts: [part(2, 'zstd', text.length)] },
];

async function writeRoot(entries: Entry[]) {
  const writer = new ManifestWriter({
    reuse: () => undefined,
    packSize: (name) => (name === pack ? archive.length : 0),
    putPages: (object, bytes) => lake.put(keyOf.pages(dataset, object), bytes),
  });
  for (const entry of entries) await writer.add(entry);
  const root = await writer.finish();
  const name = randomName();
  await lake.put(keyOf.root(dataset, name), encodeRoot(root));
  return { name, root };
}
const versions = async () => (await readHistory(lake, dataset)).versions;
const entriesOf = async (root: string) => {
  const entries: Entry[] = [];
  for await (const entry of readEntries(lake, dataset, root)) entries.push(entry);
  return entries;
};
const second = (await versions())[1];
if (!second) throw new Error();
const all = [...(await entriesOf(second.root)), ...byHand].sort((a, b) => comparePaths(a.path, b.path));
const made = await writeRoot(all);
const { digest, files, bytes } = made.root;
const counts = { files, bytes, added: byHand.length, changed: 0, removed: 0 };
const commit = {
  kind: 'commit' as const,
  ...stamp(),
  version: 4,
  parents: [2],
  message: 'by hand',
  root: made.name,
  changes: null,
  digest,
  ...counts,
};
await appendRecord(lake, log, datasetLog, () => ({ ...commit, 'a later field': { is: 'ignored' } }));
const moved = await writeRoot(await entriesOf(second.root));
await appendRecord(lake, log, datasetLog, () => ({
  kind: 'relocate' as const,
  ...stamp(),
  version: 2,
  root: moved.name,
}));
await appendRecord(lake, log, datasetLog, () => ({
  kind: 'collect' as const,
  ...stamp(),
  objects: [`roots/${second.root}`],
}));
await lake.delete(keyOf.root(dataset, second.root));
const learned = JSON.stringify([
  origin.url,
  origin.etag,
  origin.versionId,
  `sha256:${hash('sha256', 'hello world')}`,
]);
await lake.put(`${keyOf.learned(dataset)}${randomName()}`, zstdCompressSync(Buffer.from(`${learned}\n`)));
let turn = 0;
for (let done = 0; done < 64; turn++) {
  const { seq } = await appendRecord(lake, log, datasetLog, () =>
    turn % 2 === 0
      ? { kind: 'tag' as const, ...stamp(), tag: 'turning', version: 4 }
      : { kind: 'untag' as const, ...stamp(), tag: 'turning' },
  );
  done = seq;
}
await tagVersion(lake, dataset, 4, 'last', author);

const expected = [];
for (const version of await versions()) {
  const entries = await entriesOf(version.root);
  const ours = entries.filter(({ path }) => !path.startsWith('grid/'));
  expected.push({ ...version, inGrid: entries.length - ours.length, entries: ours });
}
await writeFile(
  join(out, 'expected.json'),
  `${JSON.stringify({ lakeId, dataset, versions: expected }, null, 1)}\n`,
);
await rm(folder, { recursive: true });
await rm(join(out, 'lake', '.tmp'), { recursive: true, force: true });
