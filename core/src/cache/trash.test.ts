import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { layout } from './layout.ts';
import { emptyTrash, moveToTrash, trashPatience, waitForTrash } from './trash.ts';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'forebay-trash-'));
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(cache, { recursive: true });
});

const left = () => readdirSync(layout.trash(cache)).length;

async function discard(name: string): Promise<void> {
  mkdirSync(join(cache, name));
  writeFileSync(join(cache, name, 'file'), 'content');
  await moveToTrash(cache, join(cache, name));
}

test('on NFS what was evicted is out of sight at once, and deleted once every client has noticed', async () => {
  const patience = await trashPatience(cache, async () => true);
  await discard('v1');
  expect(readdirSync(cache)).toEqual(['.forebay']);
  vi.setSystemTime(Date.now() + 50_000);
  await discard('v2');
  expect(await emptyTrash(cache, undefined, patience)).toBe(false);
  expect(await waitForTrash(cache, patience)).toBe(60_000);
  vi.setSystemTime(Date.now() + 10_001);
  expect(await emptyTrash(cache, undefined, patience)).toBe(false);
  expect(left()).toBe(1);
  vi.setSystemTime(Date.now() + 50_000);
  expect(await waitForTrash(cache, patience)).toBe(0);
  expect(await emptyTrash(cache, undefined, patience)).toBe(true);
  expect(left()).toBe(0);
});

test('elsewhere it is deleted at once', async () => {
  await discard('v1');
  expect(await emptyTrash(cache, undefined, await trashPatience(cache))).toBe(true);
});

test('what an earlier version put there waits for nothing, and a clock that was set back for no longer', async () => {
  mkdirSync(join(layout.trash(cache), 'abcdefghij'), { recursive: true });
  expect(await emptyTrash(cache, undefined, 60_000)).toBe(true);
  await discard('v1');
  vi.setSystemTime(Date.now() - 86_400_000);
  expect(await waitForTrash(cache, 60_000)).toBe(60_000);
});
