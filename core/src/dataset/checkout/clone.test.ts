import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readTree } from './testing/testTree.ts';
import { testControl } from './testing/testVersion.ts';
import { makeTestDataset } from './testing/testWorkingCopy.ts';

let world: Awaited<ReturnType<typeof makeTestDataset>>;
// Threads are started: that takes its time on a machine that is busy with something else.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(async () => {
  world = await makeTestDataset();
});
afterEach(() => world.remove());

describe('a clone', () => {
  test('is the folder that was synced, file by file, with times and modes', async () => {
    const folder = await world.begin('mine', {
      'a/one.txt': { content: 'one', mtime: 1_700_000_000_123 },
      'a/run.sh': { content: '#!/bin/sh', executable: true, mtime: 1_600_000_000_007 },
      'b/empty': { content: '', mtime: 1000 },
      'b/folder': 'folder',
      'c.link': { target: 'a/one.txt' },
    });
    await world.sync(folder);
    const copy = await world.clone('copy');
    expect(readTree(copy, ['.forebay'])).toEqual(readTree(folder, ['.forebay']));
    expect(readdirSync(join(copy, '.forebay')).sort()).toEqual(['clock', 'index', 'working-copy.json']);
  });

  test('has nothing to sync', async () => {
    const folder = await world.begin('mine', { 'a/one.txt': { content: 'one' } });
    const { digest } = await world.sync(folder);
    const copy = await world.clone('copy');
    expect(await world.sync(copy)).toMatchObject({ version: 1, digest, uploadedBytes: 0, changed: 0 });
  });

  test('goes into an empty folder, but not into one with something in it', async () => {
    await world.sync(await world.begin('mine', { a: { content: '1' } }));
    mkdirSync(join(world.folder, 'empty'));
    await world.clone('empty');
    mkdirSync(join(world.folder, 'full'));
    writeFileSync(join(world.folder, 'full', 'mine.txt'), 'mine');
    await expect(world.clone('full')).rejects.toMatchObject({ code: 'folder-not-empty' });
    await expect(world.clone('empty')).rejects.toMatchObject({ code: 'folder-not-empty' });
    expect(readTree(join(world.folder, 'full'))).toMatchObject({ 'mine.txt': { content: 'mine' } });
  });

  test('that is cancelled leaves what was there: nothing, or an empty folder', async () => {
    await world.sync(await world.begin('mine', { a: { content: '1' }, b: { content: '2' } }));
    mkdirSync(join(world.folder, 'empty'));
    for (const name of ['empty', 'new/deep']) {
      const control = testControl();
      const report = control.report;
      control.report = (tally) => {
        report(tally);
        control.stop();
      };
      await expect(world.clone(name, 1, control)).rejects.toMatchObject({ code: 'cancelled' });
    }
    expect(readdirSync(join(world.folder, 'empty'))).toEqual([]);
    expect(existsSync(join(world.folder, 'new'))).toBe(false);
  });

  test('that was killed is no obstacle to the next', async () => {
    await world.sync(await world.begin('mine', { a: { content: '1' } }));
    mkdirSync(join(world.folder, 'copy/.forebay/staging/clone-x'), { recursive: true });
    writeFileSync(join(world.folder, 'copy/.forebay/staging/clone-x/a'), 'half');
    const copy = await world.clone('copy');
    expect(readTree(copy, ['.forebay'])).toMatchObject({ a: { content: '1' } });
  });
});
