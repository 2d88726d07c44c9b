import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readContent } from '../../core/src/dataset/content.ts';
import type { Entry } from '../../core/src/dataset/entry.ts';
import { readHistory, type VersionRecord } from '../../core/src/dataset/history.ts';
import { readEntries } from '../../core/src/dataset/manifest/read.ts';
import { openRepository } from '../../core/src/dataset/repository.ts';
import { verifyVersion } from '../../core/src/dataset/verify/verify.ts';
import type { Lake } from '../../core/src/lake/lake.ts';
import { openLake } from '../../core/src/lake/open.ts';
import { toolsVenv } from '../support/python/venv.ts';

const here = import.meta.dirname;
type Expected = VersionRecord & { entries: Entry[] };
const expected: { lakeId: string; dataset: string; versions: Expected[] } = JSON.parse(
  await readFile(join(here, 'chunked.json'), 'utf8'),
);

let folder: string;
let lake: Lake;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forebay-golden-'));
  await cp(join(here, 'chunked'), join(folder, 'lake'), { recursive: true });
  lake = openLake({ url: join(folder, 'lake') });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the golden lake of chunks and compressed files', () => {
  test('has what it is there for', () => {
    const parts = expected.versions.flatMap(({ entries }) =>
      entries.flatMap((entry) => (entry.kind === 'file' ? [entry.parts] : [])),
    );
    const kinds = parts.map((of) =>
      of.map((part) => 'pack' in part && `${part.codec}${part.sha256 ? ', hashed' : ''}`).join(' + '),
    );
    expect(new Set(kinds)).toEqual(
      new Set([
        'raw',
        'zstd',
        'zstd, hashed + raw, hashed',
        'zstd, hashed + zstd, hashed + raw, hashed',
        'zstd, hashed + zstd, hashed + zstd, hashed + zstd, hashed',
      ]),
    );
  });

  test('is read as it was on the day it was made', async () => {
    expect(await openRepository(lake, { create: false })).toEqual({ id: expected.lakeId });
    const { versions } = await readHistory(lake, expected.dataset);
    expect(versions).toEqual(expected.versions.map(({ entries: _, ...version }) => version));
  });

  test.each(expected.versions)('holds v$version, every byte of it', async (version) => {
    const entries: Entry[] = [];
    for await (const entry of readEntries(lake, expected.dataset, version.root)) entries.push(entry);
    expect(entries).toEqual(version.entries);
    for (const entry of entries) {
      if (entry.kind !== 'file') continue;
      const bytes = await readContent(lake, expected.dataset, entry);
      expect([entry.path, bytes.length, hash('sha256', bytes)]).toEqual([
        entry.path,
        entry.size,
        entry.sha256,
      ]);
      const range = { offset: entry.size - 50, length: 20 };
      const some = await readContent(lake, expected.dataset, entry, range);
      expect(Buffer.compare(some, bytes.subarray(-50, -30))).toBe(0);
    }
    const control = { signal: new AbortController().signal, report: () => undefined };
    expect(await verifyVersion({ lake, datasetId: expected.dataset, version }, control)).toMatchObject({
      ok: true,
      bytes: version.bytes,
    });
  });

  test('is read by another reader, written from FORMAT.md alone', async () => {
    const { python } = await toolsVenv('zstandard', ['zstandard==0.25.0']);
    for (const { version, digest, files, bytes, entries } of expected.versions) {
      const out = await mkdtemp(join(folder, 'out-'));
      const reader = [join(here, 'read.py'), join(folder, 'lake'), 'chunked', String(version), out];
      const { stdout } = await promisify(execFile)(python, reader);
      expect(JSON.parse(stdout)).toMatchObject({ digest, files, bytes, external: [] });
      for (const entry of entries) {
        if (entry.kind !== 'file') continue;
        expect(hash('sha256', await readFile(join(out, entry.path)))).toBe(entry.sha256);
      }
      expect(await readdir(out)).toHaveLength(new Set(entries.map(({ path }) => path.split('/')[0])).size);
    }
  });
});
