import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmInLake } from '../../core/src/agent/confirm.ts';
import type { ImportResult, Selection } from '../../core/src/api/schemas.ts';
import { CacheDirectory } from '../../core/src/cache/directory.ts';
import { fillVersion } from '../../core/src/cache/fill/fill.ts';
import { verifyPlacement } from '../../core/src/cache/verify.ts';
import { findDataset, listDatasets } from '../../core/src/dataset/catalog.ts';
import { cloneVersion } from '../../core/src/dataset/checkout/clone.ts';
import { readContent } from '../../core/src/dataset/content.ts';
import { diffVersions } from '../../core/src/dataset/diff.ts';
import { readHistory } from '../../core/src/dataset/history.ts';
import { importObjects } from '../../core/src/dataset/import.ts';
import { findEntry, readEntries } from '../../core/src/dataset/manifest/read.ts';
import { keyOf, randomName } from '../../core/src/dataset/names.ts';
import { openRepository } from '../../core/src/dataset/repository.ts';
import { syncFolder } from '../../core/src/dataset/sync.ts';
import { verifyVersion } from '../../core/src/dataset/verify/verify.ts';
import type { Lake } from '../../core/src/lake/lake.ts';
import type { LakeLocation } from '../../core/src/lake/location.ts';
import { openLake } from '../../core/src/lake/open.ts';
import { collect } from '../lake/lakes.ts';
import { fingerprint, seeded } from '../support/data/tree.ts';
import { makeObjects, type Objects, putAll } from '../support/servers/objects.ts';
import { type Seaweed, startSeaweed } from '../support/servers/seaweed.ts';

const odd = [
  'a b',
  'a+b',
  'a%20b',
  'a&<>"\'b',
  'é',
  'é',
  '𝒳',
  '\uE000',
  'a/b',
  'a.b',
  'a-b',
  'new\nline',
  ' lead',
  'trail ',
  'q?x=1#f',
  '*',
  '~t',
  "it's (1)!",
  '100%',
  'empty',
  'CON',
  '-rf',
];
const count = 3000;

let seaweed: Seaweed;
let top: string;

beforeAll(async () => {
  seaweed = await startSeaweed();
  top = await mkdtemp(join(tmpdir(), 'forebay-import-'));
});
afterAll(async () => {
  await seaweed?.stop();
  await rm(top, { recursive: true, force: true });
});

const control = (signal = new AbortController().signal) => ({ signal, report: () => undefined });
const sha256 = (body: string | Uint8Array) => createHash('sha256').update(body).digest('hex');

function contents(): Map<string, Uint8Array> {
  const random = seeded(7);
  const all = new Map<string, Uint8Array>();
  for (const name of odd) all.set(name, Buffer.from(name === 'empty' ? '' : `content of ${name}`));
  for (let at = 0; all.size < count; at++) {
    const size = Math.floor(random() * 4000);
    all.set(
      `train/${at % 37}/${odd[at % odd.length]?.replaceAll('/', '_')}-${at}.bin`,
      Buffer.alloc(size, `${at} `),
    );
  }
  return all;
}

/** As `fingerprint` shows a folder. */
function expected(files: Map<string, Uint8Array>): string[] {
  return [...files].map(([path, body]) => `${path} file false ${sha256(body)}`).sort();
}

interface Stage {
  lake: Lake;
  lakeId: string;
  objects: Objects;
  cache: CacheDirectory;
  run(more?: Partial<Parameters<typeof importObjects>[0]>): Promise<ImportResult>;
  version(): Promise<Awaited<ReturnType<typeof latest>>>;
}

async function latest(lake: Lake, name: string) {
  const dataset = await findDataset(lake, name);
  const version = (await readHistory(lake, dataset.id)).versions.at(-1);
  if (!version) throw new Error('There is no version.');
  return { dataset, version };
}

async function stage(kind: 'folder' | 's3', versioned = false): Promise<Stage> {
  const { endpoint, region, credentials, bucket } = seaweed;
  const own = { endpoint, region, credentials };
  const location: LakeLocation =
    kind === 's3'
      ? { url: `s3://${bucket()}`, ...own }
      : { url: await mkdtemp(join(top, 'lake-')), stores: [own] };
  const lake = openLake(location);
  const { id: lakeId } = await openRepository(lake, { create: true });
  const objects = await makeObjects(seaweed, { versioned });
  const cache = await CacheDirectory.claim(await mkdtemp(join(top, 'cache-')), 'hub');
  const source = { bucket: objects.bucket, prefix: 'data/' };
  const usual = { lake, name: 'x', source, message: '', author: 'ann', replace: false, skip: false };
  return {
    lake,
    lakeId,
    objects,
    cache,
    run: (more = {}) => importObjects({ ...usual, ...more }, control()),
    version: () => latest(lake, 'x'),
  };
}

async function fill({ lake, cache, version }: Stage) {
  const { dataset, version: found } = await version();
  const reuse = (await readHistory(lake, dataset.id)).versions;
  return fillVersion({ cache, lake, dataset, version: found, fillId: randomName(), reuse }, control());
}

const learnedIn = async ({ lake, version }: Stage) => {
  const { dataset } = await version();
  return collect(lake.list(keyOf.learned(dataset.id)));
};

describe.each(['folder', 's3'] as const)('with a lake in %s', (kind) => {
  let on: Stage;
  const files = contents();

  beforeAll(async () => {
    on = await stage(kind, kind === 's3');
    await putAll(
      on.objects,
      [...files].map(([path, body]) => [`data/${path}`, body]),
    );
    await putAll(on.objects, [
      ['data/', ''],
      ['data/marked/', ''],
      ['data2/not this', 'no'],
    ]);
  });

  test('3,000 objects of odd names are imported, filled and cloned byte for byte', async () => {
    const made = await on.run({ message: 'first' });
    const bytes = [...files.values()].reduce((sum, body) => sum + body.length, 0);
    expect(made).toMatchObject({
      version: 1,
      files: files.size,
      bytes,
      added: files.size,
      skipped: { count: 0 },
    });
    const { dataset, version } = await on.version();
    expect(await learnedIn(on)).toEqual([]);
    const filled = await fill(on);
    expect(await fingerprint(filled.path)).toEqual(expected(files));
    expect(await learnedIn(on)).toHaveLength(1);
    const folder = join(top, `clone-${kind}`);
    const name = 'x';
    await cloneVersion(
      { lake: on.lake, lakeId: on.lakeId, datasetId: dataset.id, name, version, folder },
      control(),
    );
    expect(await fingerprint(folder)).toEqual(expected(files));
    expect(await verifyVersion({ lake: on.lake, datasetId: dataset.id, version }, control())).toMatchObject({
      ok: true,
      files: files.size,
    });
    expect(await learnedIn(on)).toHaveLength(1);
    expect(
      await verifyPlacement({ cache: on.cache, lake: on.lake, dataset, version }, control()),
    ).toMatchObject({
      ok: true,
    });
  });

  test('the same again makes no version', async () => {
    expect(await on.run()).toMatchObject({ version: 1, added: 0, changed: 0, removed: 0, uploadedBytes: 0 });
  });

  test('a range of a file is read without the rest', async () => {
    const { dataset, version } = await on.version();
    const entry = await findEntry(on.lake, dataset.id, version.root, "it's (1)!");
    if (entry?.kind !== 'file') throw new Error('It is no file.');
    const some = await readContent(on.lake, dataset.id, entry, { offset: 3, length: 5 });
    expect(String(Buffer.from(some))).toBe("content of it's (1)!".slice(3, 8));
  });

  test('what changed makes the next version, and its fill links all that did not', async () => {
    files.set('a b', Buffer.from('another'));
    files.delete('~t');
    files.set('train/new', Buffer.from('new'));
    await on.objects.put('data/a b', 'another');
    await on.objects.delete('data/~t');
    await on.objects.put('data/train/new', 'new');
    expect(await on.run()).toMatchObject({ version: 2, added: 1, changed: 1, removed: 1 });
    const { dataset, version } = await on.version();
    const [first] = (await readHistory(on.lake, dataset.id)).versions;
    const diff = await diffVersions(on.lake, dataset.id, first ?? null, version);
    expect(diff).toMatchObject({
      added: [{ path: 'train/new' }],
      changed: [{ path: 'a b' }],
      removed: [{ path: '~t' }],
    });
    const filled = await fill(on);
    expect(await fingerprint(filled.path)).toEqual(expected(files));
    expect(filled.storedInodes).toBeLessThan(60);
  });

  test('a folder synced on top of it keeps the identity of what it did not change', async () => {
    const { dataset, version } = await on.version();
    const folder = join(top, `work-${kind}`);
    const request = { lake: on.lake, lakeId: on.lakeId, datasetId: dataset.id, name: 'x', version, folder };
    await cloneVersion(request, control());
    const sync = () =>
      syncFolder(
        { lake: on.lake, lakeId: on.lakeId, folder, message: 'mine', author: 'bob', replace: false },
        control(),
      );
    expect(await sync()).toMatchObject({ version: 2, digest: version.digest, uploadedBytes: 0 });
    await rm(join(folder, '.forebay/index'), { force: true });
    await writeFile(join(folder, 'a.b'), 'edited');
    expect(await sync()).toMatchObject({ version: 3, added: 0, changed: 1, removed: 0 });
    const next = await on.version();
    const before = await collect(readEntries(on.lake, dataset.id, version.root));
    const after = await collect(readEntries(on.lake, dataset.id, next.version.root));
    const origins = (entries: typeof before) =>
      entries.flatMap((entry) => (entry.kind === 'file' && entry.origin ? [[entry.path, entry.origin]] : []));
    expect(origins(after)).toEqual(origins(before).filter(([path]) => path !== 'a.b'));
    await expect(on.run()).rejects.toMatchObject({
      code: 'newer-version',
      message: expect.stringContaining('bob made x@v3'),
    });
    expect(await on.run({ replace: true })).toMatchObject({ version: 4, changed: 1, digest: version.digest });
  });
});

test('a changed object is refused by name, and nothing is published', async () => {
  const on = await stage('folder');
  await putAll(on.objects, [
    ['data/a', 'aaaa'],
    ['data/b/c', 'bbbb'],
    ['data/d', 'dddd'],
    ['data/large', Buffer.alloc(9 * 2 ** 20, 'large')],
  ]);
  await on.run();
  await on.objects.put('data/b/c', 'cccc');
  await on.objects.delete('data/d');
  const both = `s3://${on.objects.bucket}/data/b/c, s3://${on.objects.bucket}/data/d are no longer what was imported.`;
  await expect(fill(on)).rejects.toMatchObject({ code: 'object-changed', message: both });
  const { dataset, version } = await on.version();
  expect((await on.cache.find(dataset, 1)).inode).toBeNull();
  const { ok, problems } = await verifyVersion({ lake: on.lake, datasetId: dataset.id, version }, control());
  expect([ok, problems.map(({ path }) => path)]).toEqual([false, ['b/c', 'd']]);
  const entry = await findEntry(on.lake, dataset.id, version.root, 'b/c');
  if (entry?.kind !== 'file') throw new Error('It is no file.');
  await expect(readContent(on.lake, dataset.id, entry)).rejects.toMatchObject({ code: 'object-changed' });
  expect(await on.run()).toMatchObject({ version: 2, added: 0, changed: 1, removed: 1 });
  await on.objects.put('data/large', Buffer.alloc(9 * 2 ** 20, 'other'));
  await expect(fill(on)).rejects.toMatchObject({
    code: 'object-changed',
    message: `s3://${on.objects.bucket}/data/large is no longer what was imported.`,
  });
});

test('a cached copy stays while an object is another: it may be the only one', async () => {
  const on = await stage('folder');
  await putAll(on.objects, [
    ['data/a', 'aaaa'],
    ['data/b/c', 'bbbb'],
    ['data/empty', ''],
  ]);
  await on.run();
  const { dataset, version } = await on.version();
  const { signal } = control();
  const confirm = (selection: Selection | null) =>
    confirmInLake(on.lake, dataset.id, { ref: 'x@v1', root: version.root, selection }, signal);
  await confirm(null);
  await on.objects.put('data/b/c', 'cccc');
  await expect(confirm(null)).rejects.toMatchObject({
    code: 'object-changed',
    message: `x@v1 stays on the cache, which may hold the only copy: s3://${on.objects.bucket}/data/b/c is no longer what was imported.`,
  });
  await confirm({ include: ['a'], exclude: [] });
});

test('in a bucket that keeps versions, the imported one is served when there is a newer', async () => {
  const on = await stage('s3', true);
  await on.objects.put('data/a', 'first');
  await on.run();
  await on.objects.put('data/a', 'second');
  const filled = await fill(on);
  expect(String(await readFile(join(filled.path, 'a')))).toBe('first');
  expect(await on.run()).toMatchObject({ version: 2, changed: 1 });
  await on.objects.delete('data/a');
  await expect(on.run()).rejects.toMatchObject({ code: 'source-unknown' });
});

test('keys that no file can have are refused by name, or left out and named', async () => {
  const on = await stage('folder');
  await putAll(on.objects, [
    ['data/file', 'x'],
    ['data/file.txt', 'x'],
    ['data/file/below', 'x'],
    ['data/.forebay/state', 'x'],
    ['data/fine', 'x'],
  ]);
  await expect(on.run()).rejects.toMatchObject({
    code: 'bad-path',
    message: expect.stringContaining('"data/.forebay/state" begins with the reserved name'),
  });
  expect(await listDatasets(on.lake)).toEqual([]);
  const made = await on.run({ skip: true });
  expect(made).toMatchObject({ files: 3, skipped: { count: 2 } });
  expect(made.skipped.some.map(({ key }) => key)).toEqual(['data/.forebay/state', 'data/file/below']);
});

test("the lake's own objects are not imported", async () => {
  const on = await stage('s3');
  const [, , bucket = ''] = on.lake.url.split('/');
  await expect(on.run({ source: { bucket, prefix: '' } })).rejects.toMatchObject({ code: 'bad-request' });
});

test('a bucket that is not there, and a prefix with nothing under it, are said', async () => {
  const on = await stage('folder');
  await expect(on.run({ source: { bucket: 'nowhere-at-all', prefix: '' } })).rejects.toMatchObject({
    code: 'source-unknown',
    message: expect.stringContaining('no bucket nowhere-at-all'),
  });
  await expect(on.run()).rejects.toMatchObject({
    code: 'source-unknown',
    message: `There is no object under s3://${on.objects.bucket}/data/.`,
  });
  expect(await listDatasets(on.lake)).toEqual([]);
});
