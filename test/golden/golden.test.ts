import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listDatasets } from '../../core/src/dataset/catalog.ts';
import { readContent } from '../../core/src/dataset/content.ts';
import { diffVersions } from '../../core/src/dataset/diff.ts';
import type { Entry } from '../../core/src/dataset/entry.ts';
import { readHistory, type VersionRecord } from '../../core/src/dataset/history.ts';
import { Learned } from '../../core/src/dataset/learned/learned.ts';
import { readEntries } from '../../core/src/dataset/manifest/read.ts';
import { openRepository } from '../../core/src/dataset/repository.ts';
import type { Lake } from '../../core/src/lake/lake.ts';
import { openLake } from '../../core/src/lake/open.ts';
import { toolsVenv } from '../support/python/venv.ts';

const here = import.meta.dirname;
type Expected = VersionRecord & { inGrid: number; entries: Entry[] };
const expected: { lakeId: string; dataset: string; versions: Expected[] } = JSON.parse(
  await readFile(join(here, 'expected.json'), 'utf8'),
);

let folder: string;
let lake: Lake;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forebay-golden-'));
  await cp(join(here, 'lake'), join(folder, 'lake'), { recursive: true });
  lake = openLake({ url: join(folder, 'lake') });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the golden lake', () => {
  test('is read as it was on the day of format version 1', async () => {
    expect(await openRepository(lake, { create: false })).toEqual({ id: expected.lakeId });
    expect(await listDatasets(lake)).toMatchObject([
      { id: expected.dataset, name: 'golden', description: 'Every thing of version 1' },
    ]);
    const { versions, newest } = await readHistory(lake, expected.dataset);
    expect(versions).toEqual(expected.versions.map(({ entries: _, inGrid: __, ...version }) => version));
    expect(newest).toBe(4);
  });

  test('is read the same without its checkpoint', async () => {
    const without = join(folder, 'without');
    await cp(join(folder, 'lake'), without, { recursive: true });
    await rm(join(without, 'datasets', expected.dataset, 'log', '0000000064.checkpoint'));
    const history = await readHistory(openLake({ url: without }), expected.dataset);
    expect(history).toEqual(await readHistory(lake, expected.dataset));
  });

  test.each(expected.versions)('holds v$version, every byte of it', async (version) => {
    const entries: Entry[] = [];
    for await (const entry of readEntries(lake, expected.dataset, version.root)) entries.push(entry);
    const ours = entries.filter(({ path }) => !path.startsWith('grid/'));
    expect(ours).toEqual(version.entries);
    expect(entries).toHaveLength(ours.length + version.inGrid);
    for (const entry of entries) {
      if (entry.kind !== 'file' || entry.parts.some((part) => 'external' in part)) continue;
      const bytes = await readContent(lake, expected.dataset, entry);
      expect([entry.path, bytes.length, hash('sha256', bytes)]).toEqual([
        entry.path,
        entry.size,
        entry.sha256,
      ]);
    }
  });

  test('tells what changed between its versions', async () => {
    const [first, second, fourth] = (await readHistory(lake, expected.dataset)).versions;
    if (!first || !second || !fourth) throw new Error('Versions are missing.');
    const diff = await diffVersions(lake, expected.dataset, first, second);
    expect(diff.changed).toEqual([{ path: 'plain.txt', size: 12 }]);
    expect(diff.removed).toEqual([{ path: 'run.sh', size: 10 }]);
    expect(diff.added).toHaveLength(400);
    const trees = await diffVersions(lake, expected.dataset, first, { ...second, changes: null });
    expect(trees).toEqual(diff);
    expect(
      (await diffVersions(lake, expected.dataset, second, fourth)).added.map(({ path }) => path),
    ).toEqual(['imported', 'imported and packed', 'imported and read', 'parts.txt', 'squeezed.txt']);
  });

  test('says what was learned of an imported object', async () => {
    const imported = expected.versions[2]?.entries.find(({ path }) => path === 'imported');
    if (imported?.kind !== 'file' || !imported.origin) throw new Error('Nothing was imported.');
    const learned = new Learned(lake, expected.dataset, new AbortController().signal);
    expect(await learned.hashOf(imported.origin)).toBe(hash('sha256', 'hello world'));
  });

  test('is read by another reader, written from FORMAT.md alone', async () => {
    const { python } = await toolsVenv('zstandard', ['zstandard==0.25.0']);
    for (const version of expected.versions) {
      const out = await mkdtemp(join(folder, 'out-'));
      const { stdout } = await promisify(execFile)(python, [
        join(here, 'read.py'),
        join(folder, 'lake'),
        'golden',
        String(version.version),
        out,
      ]);
      const { digest, files, bytes, tags } = version;
      expect(JSON.parse(stdout)).toMatchObject({ digest, files, bytes, tags: [...tags].sort() });
      const plain = version.entries.find(({ path }) => path === 'plain.txt');
      const read = await readFile(join(out, 'plain.txt'));
      expect(plain).toMatchObject({ size: read.length, sha256: hash('sha256', read) });
      const top = new Set(version.entries.map(({ path }) => path.split('/')[0] ?? ''));
      if (version.inGrid > 0) top.add('grid');
      for (const name of ['imported', 'imported and read']) top.delete(name);
      expect(new Set(await readdir(out))).toEqual(top);
    }
  });
});
