import { hash } from 'node:crypto';
import { appendFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Lake } from '../../lake/lake.ts';
import { findDataset } from '../catalog.ts';
import { openContent } from '../content.ts';
import type { FileEntry, Part } from '../entry.ts';
import { readHistory } from '../history.ts';
import { datasetLog } from '../log/kinds.ts';
import { appendRecord } from '../log/log.ts';
import { isPack, keyOf, randomName } from '../names.ts';
import { openRepository } from '../repository.ts';
import { initWorkingCopy, syncFolder } from '../sync.ts';
import {
  changedLake,
  collect,
  control,
  entriesOf,
  noise,
  temporaryFolder,
  temporaryLake,
  writeManifest,
} from '../testing/lake.ts';

const MiB = 2 ** 20;
/** What pages, root and a commit's changes take. */
const few = 20_000;
// Threads are started, and much is hashed: that takes its time on a machine that is busy with something else.
vi.setConfig({ testTimeout: 120_000 });

let lake: Lake;
let lakeId: string;
let folder: string;

beforeEach(async () => {
  lake = await temporaryLake();
  lakeId = (await openRepository(lake, { create: true })).id;
  folder = await temporaryFolder();
  await initWorkingCopy({ lake, lakeId, folder, name: 'x', author: 'ann' });
});

const sync = (through: Lake = lake, signal?: AbortSignal) =>
  syncFolder({ lake: through, lakeId, folder, message: '', author: 'ann', replace: false }, control(signal));

const write = (path: string, content: Uint8Array) => writeFile(join(folder, path), content);

async function versions() {
  const { id } = await findDataset(lake, 'x');
  return { id, versions: (await readHistory(lake, id)).versions };
}

/** Files of the newest version, and the hashes of what is read of them. */
async function newest(): Promise<{ files: FileEntry[]; read: string[] }> {
  const { id, versions: all } = await versions();
  const entries = await entriesOf(lake, id, all.at(-1)?.root ?? '');
  const files = entries.filter((entry) => entry.kind === 'file');
  const read: string[] = [];
  for (const file of files) {
    read.push(hash('sha256', Buffer.concat(await collect(openContent(lake, id, file)))));
  }
  return { files, read };
}

async function expectWhole(...contents: Uint8Array[]): Promise<FileEntry[]> {
  const { files, read } = await newest();
  expect(read).toEqual(contents.map((content) => hash('sha256', content)));
  return files;
}

const packs = async () => (await collect(lake.list('datasets/'))).filter(({ key }) => isPack(key));

describe('a large file', () => {
  const content = noise(70 * MiB, 'large');

  test('whose start changed is sent again by a few chunks', async () => {
    await write('a', content);
    const first = await sync();
    expect(first.uploadedBytes).toBeGreaterThan(70 * MiB);
    const [file] = await expectWhole(content);
    for (const part of file?.parts ?? [])
      expect(part).toMatchObject({ sha256: expect.stringMatching(/^\w{64}$/) });
    const edited = Buffer.concat([Buffer.from('x'), content]);
    await write('a', edited);
    const second = await sync();
    expect(second).toMatchObject({ version: 2, changed: 1, resumedBytes: 0 });
    expect(second.uploadedBytes).toBeLessThan(16 * MiB);
    await expectWhole(edited);
    await rename(join(folder, 'a'), join(folder, 'b'));
    expect((await sync()).uploadedBytes).toBeLessThan(few);
    await expectWhole(edited);
  });

  test('that an earlier Forebay kept in parts without hashes is found again as a whole', async () => {
    await write('a', content);
    await sync();
    const { id, versions: all } = await versions();
    const entries = await entriesOf(lake, id, all[0]?.root ?? '');
    const before = entries.map((entry) =>
      entry.kind === 'file' ? { ...entry, parts: entry.parts.map(withoutHash) } : entry,
    );
    const { name } = await writeManifest(lake, id, before);
    const record = { id: randomName(), time: new Date().toISOString(), author: 'ann' };
    await appendRecord(lake, keyOf.log(id), datasetLog, () => ({
      kind: 'relocate' as const,
      ...record,
      version: 1,
      root: name,
    }));
    await rename(join(folder, 'a'), join(folder, 'b'));
    expect((await sync()).uploadedBytes).toBeLessThan(few);
    const [file] = await expectWhole(content);
    expect(file?.parts.every((part) => 'pack' in part && part.sha256 === undefined)).toBe(true);
  });

  test('that changes while it is read is read again, and leaves no pack that nobody needs', async () => {
    await write('a', content);
    let appended = false;
    const writing = changedLake(lake, {
      put: async (key, body, options) => {
        if (isPack(key) && !appended) {
          appended = true;
          await write('a', noise(20 * MiB, 'another'));
        }
        return lake.put(key, body, options);
      },
    });
    expect(await sync(writing)).toMatchObject({ version: 1, bytes: 20 * MiB });
    await expectWhole(noise(20 * MiB, 'another'));
    expect(appended).toBe(true);
    expect(await packs()).toHaveLength(1);
  });

  test('of zeros takes next to nothing', async () => {
    await write('a', new Uint8Array(100 * MiB));
    expect((await sync(slow(lake))).uploadedBytes).toBeLessThan(200_000);
    await expectWhole(new Uint8Array(100 * MiB));
  });
});

describe('a sync that was cut off', () => {
  const content = noise(150 * MiB, 'resume');
  const small = (i: number) => noise(50_000, `small ${i}`);

  /** Its lake is gone after `count` packs. */
  async function syncUntil(count: number): Promise<number> {
    let sent = 0;
    const failing = changedLake(lake, {
      put: async (key, body, options) => {
        if (isPack(key) && sent >= count) throw new Error('The network is down.');
        await lake.put(key, body, options);
        if (isPack(key)) sent++;
      },
    });
    await expect(sync(failing)).rejects.toThrow('The network is down.');
    return (await packs()).reduce((sum, { size }) => sum + size, 0);
  }

  test('goes on with the chunks of a large file that were sent, and says so', async () => {
    await write('a', content);
    const before = await syncUntil(1);
    expect(before).toBeGreaterThan(40 * MiB);
    const { uploadedBytes, resumedBytes } = await sync();
    expect(resumedBytes).toBeGreaterThan(before - 100_000);
    expect(uploadedBytes + resumedBytes).toBeLessThan(151 * MiB);
    await expectWhole(content);
    await appendFile(join(folder, 'a'), 'x');
    expect(await sync()).toMatchObject({ resumedBytes: 0 });
  });

  test('goes on though the large file changed meanwhile, as far as it is the same', async () => {
    await write('a', content);
    const before = await syncUntil(1);
    const edited = Buffer.concat([Buffer.from('x'), content]);
    await write('a', edited);
    const { resumedBytes } = await sync();
    expect(resumedBytes).toBeGreaterThan(before - 17 * MiB);
    await expectWhole(edited);
  });

  test('goes on with small files, raw and compressed', async () => {
    await mkdir(join(folder, 'd'));
    for (let i = 0; i < 30; i++) await write(`d/${i}`, small(i));
    await write('e.csv', Buffer.from('1,2,3\n'.repeat(10_000)));
    await setTimeout(100);
    const broken = changedLake(lake, {
      put: (key, body, options) =>
        key.includes('/roots/')
          ? Promise.reject(new Error('The network is down.'))
          : lake.put(key, body, options),
    });
    // So slow that what can be compressed is.
    await expect(sync(slow(broken))).rejects.toThrow('The network is down.');
    const { uploadedBytes, resumedBytes } = await sync();
    expect(uploadedBytes).toBeLessThan(few);
    expect(resumedBytes).toBeGreaterThan(30 * 50_000);
    expect(resumedBytes).toBeLessThan(30 * 50_000 + 10_000);
    const { files, read } = await newest();
    expect(read).toEqual(files.map(({ sha256 }) => sha256));
    expect(files.at(-1)).toMatchObject({ path: 'e.csv', parts: [{ codec: 'zstd' }] });
  });
});

function withoutHash(part: Part): Part {
  if ('external' in part) return part;
  const { sha256: _, ...place } = part;
  return place;
}

/** As a lake in a network: by its address. */
function slow(through: Lake): Lake {
  return changedLake(through, { url: 's3://bucket' });
}
