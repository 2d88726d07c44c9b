import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { changedLake, noise } from '../testing/lake.ts';
import { beginSyncing, type Syncing } from '../testing/syncing.ts';

let lake: Syncing['lake'];
let folder: Syncing['folder'];
let sync: Syncing['sync'];
let write: Syncing['write'];
let datasetOf: Syncing['datasetOf'];
let contents: Syncing['contents'];
let objects: Syncing['objects'];
beforeEach(async () => {
  ({ lake, folder, sync, write, datasetOf, contents, objects } = await beginSyncing());
});

describe('what was uploaded before a failure', () => {
  const files = 40;
  const packs = async () => (await objects()).filter((key) => key.endsWith('.tar'));

  beforeEach(async () => {
    for (let i = 0; i < files; i++) await write(`f${i}`, noise(50_000, i));
    await setTimeout(100);
    const broken = changedLake(lake, {
      put: (key, body, options) =>
        key.includes('/roots/')
          ? Promise.reject(new Error('The network is down.'))
          : lake.put(key, body, options),
    });
    await expect(sync({ lake: broken })).rejects.toThrow('The network is down.');
    expect(await packs()).toHaveLength(1);
    expect((await objects()).filter((key) => !key.endsWith('.tar'))).toEqual([]);
  });

  test('is not sent again by the next attempt', async () => {
    await write('f1', 'changed since');
    const result = await sync();
    expect(result).toMatchObject({ version: 1, files });
    expect(result.uploadedBytes).toBeLessThan(20_000);
    const found = await contents(1);
    expect(found.f1).toBe('changed since');
    expect(found.f7).toBe(noise(50_000, 7).toString());
    await expect(readFile(join(folder, '.forebay/uploaded'))).rejects.toThrow('ENOENT');
  });

  test('is sent again where it is gone or named as garbage', async () => {
    const [pack = ''] = await packs();
    const { id } = await datasetOf();
    const record = { id: 'a'.repeat(26), time: new Date().toISOString(), author: 'gc' };
    const collect = { kind: 'collect', ...record, objects: [pack.replace(`datasets/${id}/`, '')] };
    await lake.putIfAbsent(`datasets/${id}/log/0000000001.json`, Buffer.from(JSON.stringify(collect)));
    expect((await sync()).uploadedBytes).toBeGreaterThan(files * 50_000);
    await lake.delete(pack);
    expect((await contents(1)).f7).toBe(noise(50_000, 7).toString());
  });

  test('is there for the attempt after one that is cancelled, which leaves nothing of its own', async () => {
    const before = await objects();
    await write('more', noise(50_000, 99));
    await setTimeout(100);
    const abort = new AbortController();
    const watch = {
      signal: abort.signal,
      report: ({ phase }: { phase: string }) => void (phase === 'committing' && abort.abort()),
    };
    await expect(sync({}, watch)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await objects()).toEqual(before);
    const { uploadedBytes } = await sync();
    expect(uploadedBytes).toBeGreaterThan(50_000);
    expect(uploadedBytes).toBeLessThan(70_000);
  });
});
