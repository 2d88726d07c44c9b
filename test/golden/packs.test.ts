import { execFile } from 'node:child_process';
import { createCipheriv, hash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRepository } from '../../core/src/dataset/repository.ts';
import { initWorkingCopy, syncFolder } from '../../core/src/dataset/sync.ts';
import { changedLake } from '../../core/src/dataset/testing/lake.ts';
import type { Lake } from '../../core/src/lake/lake.ts';
import { openLake } from '../../core/src/lake/open.ts';
import { toolsVenv } from '../support/python/venv.ts';

const run = promisify(execFile);
const MiB = 2 ** 20;
const noise = (size: number, seed: number) =>
  createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16)).update(Buffer.alloc(size));
const lines = (count: number) =>
  Buffer.from(Array.from({ length: count }, (_, i) => `${i},${Math.sin(i)},cat\n`).join(''));

/** By what of the tar a reader could get wrong: names and kinds of members. */
const files: Record<string, Buffer> = {
  'plain.txt': Buffer.from('hello\n'),
  [`it's "quoted"/new\nline`]: Buffer.from('newline\n'),
  'café/composed': Buffer.from('NFC\n'),
  'cafe\u0301/decomposed': Buffer.from('NFD\n'),
  '😀 beyond it.csv': Buffer.from('dog,2\n'.repeat(9000)),
  [`${'é'.repeat(127)}`]: Buffer.from('cat,3\n'.repeat(9000)),
  [`long/${'x'.repeat(200)}/${'y'.repeat(200)}.csv`]: Buffer.from('cat,4\n'.repeat(9000)),
  'large/noise.bin': noise(30 * MiB, 1),
  'large/table 😀.csv': Buffer.concat([lines(10 ** 6), Buffer.from('cat,5\n'.repeat(3 * MiB))]),
  [`large/${'z'.repeat(250)}`]: noise(17 * MiB, 2),
};

let top: string;
let packs: string[];

beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'forebay-packs-'));
  const lake = openLake({ url: join(top, 'lake') });
  const { id: lakeId } = await openRepository(lake, { create: true });
  const folder = join(top, 'work');
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await initWorkingCopy({ lake, lakeId, folder, name: 'x', author: 'ann' });
  await syncFolder(
    { lake: farAway(lake), lakeId, folder, message: '', author: 'ann', replace: false },
    { signal: new AbortController().signal, report: () => undefined },
  );
  packs = await packsOf(join(top, 'lake'));
});
afterAll(() => rm(top, { recursive: true, force: true }));

/** Takes 20 MB a second, so that what shrinks is compressed. */
function farAway(lake: Lake): Lake {
  return changedLake(lake, {
    url: 's3://far',
    async put(key, body, options) {
      await delay(body.length / 20_000);
      await lake.put(key, body, options);
    },
  });
}

async function packsOf(lake: string): Promise<string[]> {
  const all = await readdir(lake, { recursive: true });
  return all.filter((path) => path.endsWith('.tar')).map((path) => join(lake, path));
}

async function filesBelow(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** Every file by nothing but tar, zstd and names; those with shortened names under what is left of them. */
async function rescue(folder: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const path of await filesBelow(folder)) {
    const stored = await readFile(join(folder, path));
    const content = path.startsWith('.forebay/') && path.endsWith('.zst') ? zstdDecompressSync(stored) : stored;
    const name = path
      .replace(/^\.forebay\/zstd\/(.*)\.zst$/s, '$1')
      .replace(/^\.forebay\/part\/(.*)\.\d{5}(\.zst)?$/s, '$1');
    found.set(name, Buffer.concat([found.get(name) ?? Buffer.alloc(0), content]));
  }
  return found;
}

describe('plain tar', () => {
  test('lists and extracts every pack, and gives back every file', async () => {
    const out = join(top, 'out');
    await mkdir(out);
    for (const pack of packs) {
      const { stdout, stderr } = await run('tar', ['-tf', pack, '--quoting-style=literal']);
      expect([stdout === '', stderr]).toEqual([false, '']);
      expect((await run('tar', ['-xf', pack, '-C', out])).stderr).toBe('');
    }
    const found = await rescue(out);
    const long = (path: string) => path.startsWith('large/zz');
    expect([...found.keys()].filter((path) => !long(path)).sort()).toEqual(
      Object.keys(files)
        .filter((path) => !long(path))
        .sort(),
    );
    for (const [path, content] of found) {
      const original = long(path) ? Object.entries(files).find(([name]) => long(name))?.[1] : files[path];
      expect([path, hash('sha256', content)]).toEqual([path, hash('sha256', original ?? '')]);
    }
    const members = await filesBelow(join(out, '.forebay'));
    for (const kind of [/^zstd\/.*\.csv\.zst$/, /^part\/large\/noise.*\d{5}$/, /^part\/.*\.csv\.\d{5}\.zst$/]) {
      expect(members.filter((path) => kind.test(path)).length).toBeGreaterThan(0);
    }
  });
});

describe("Python's tarfile", () => {
  test('sees what tar sees, in these packs and in the golden lakes', async () => {
    const { python } = await toolsVenv('zstandard', ['zstandard==0.25.0']);
    const script = `
import hashlib, json, sys, tarfile
with tarfile.open(sys.argv[1]) as pack:
    print(json.dumps([[m.name, m.size, hashlib.sha256(pack.extractfile(m).read()).hexdigest()] for m in pack]))`;
    const golden = [join(import.meta.dirname, 'lake'), join(import.meta.dirname, 'chunked')];
    const all = [...packs, ...(await Promise.all(golden.map(packsOf))).flat()];
    for (const [i, pack] of all.entries()) {
      const out = join(top, `compare-${i}`);
      await mkdir(out);
      await run('tar', ['-xf', pack, '-C', out]);
      const seen: [string, number, string][] = JSON.parse((await run(python, ['-c', script, pack])).stdout);
      expect(seen.map(([name]) => name).sort()).toEqual(await filesBelow(out));
      for (const [name, size, digest] of seen) {
        const content = await readFile(join(out, name));
        expect([name, content.length, hash('sha256', content)]).toEqual([name, size, digest]);
      }
    }
  });
});
