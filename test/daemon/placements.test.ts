import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Machine, newMachine, until } from './daemon.ts';

let machine: Machine;
beforeEach(async () => {
  machine = await newMachine();
  await machine.start();
});
afterEach(() => machine.remove());

const mega = (count: number) => randomBytes(count * 1_000_000);

test('a version is cached once and only once, however many ask at the same time', async () => {
  await machine.dataset('d', { 'a.bin': mega(8), 'b/c.txt': 'c' });
  const all = await Promise.all(
    Array.from({ length: 20 }, () => machine.client.placements.add({ ref: 'd@v1' })),
  );
  expect(new Set(all.map((placement) => placement.id)).size).toBe(1);
  expect(new Set(all.map((placement) => placement.job)).size).toBe(1);
  await machine.client.jobs.follow(all[0]?.job ?? '');
  const placement = await machine.client.placements.get(all[0]?.id ?? '');
  expect(placement).toMatchObject({ state: 'ready', files: 2, job: null });
  expect(await readFile(join(placement.path ?? '', 'b/c.txt'), 'utf8')).toBe('c');
  expect((await machine.client.jobs.list()).filter((job) => job.kind === 'fill')).toHaveLength(1);
  const again = await machine.ask('POST', '/api/v1/placements', { body: { ref: 'd' } });
  expect(again.status).toBe(200);
});

test('what does not fit is refused before the first byte, saying what holds the room', async () => {
  await machine.dataset('big', { 'a.bin': mega(3) });
  await machine.dataset('small', { 'a.bin': mega(1) });
  const path = machine.path('tiny');
  await machine.client.caches.attach({ name: 'tiny', path, capacity: 2_000_000 });
  const lease = await machine.client.leases.add({ ref: 'small', cache: 'tiny', holder: { kind: 'manual' } });
  await machine.client.jobs.follow(lease.job ?? '');
  await expect(machine.client.placements.add({ ref: 'big', cache: 'tiny' })).rejects.toMatchObject({
    code: 'no-space',
    message: expect.stringMatching(/big@v1 needs 3.0 MB.*2.0 MB.*small@v1 \(.*in use\)/),
  });
  expect((await machine.client.placements.list()).map((each) => each.dataset)).toEqual(['small']);
  expect(await readdir(join(path, '.forebay', 'staging'))).toEqual([]);
});

test('under pressure the least recently used version makes room', async () => {
  const path = machine.path('tiny');
  await machine.client.caches.attach({ name: 'tiny', path, capacity: 5_000_000 });
  for (const name of ['a', 'b', 'c']) await machine.dataset(name, { 'x.bin': mega(2) });
  for (const name of ['a', 'b', 'c']) await machine.cached(name, 'tiny');
  const left = await machine.client.placements.list();
  expect(left.map((each) => [each.dataset, each.state]).sort()).toEqual([
    ['b', 'ready'],
    ['c', 'ready'],
  ]);
  expect(await readdir(join(path, 'datasets')).then((names) => names.length)).toBeLessThanOrEqual(3);
});

test('the next version takes only the room of what changed', async () => {
  const path = machine.path('tiny');
  const folder = await machine.dataset('d', { 'keep.bin': mega(3), 'b.txt': 'one' });
  await machine.sync(folder, { 'b.txt': 'two' });
  await machine.client.caches.attach({ name: 'tiny', path, capacity: 4_000_000 });
  await machine.cached('d@v1', 'tiny');
  await machine.cached('d@v2', 'tiny');
  const placements = await machine.client.placements.list();
  expect(placements.map((each) => each.state)).toEqual(['ready', 'ready']);
  const [cache] = await machine.client.caches.list();
  expect(cache?.used).toBeLessThan(3_200_000);
});

test('cleared is gone from disk, and what the lake lacks stays on the cache', async () => {
  await machine.dataset('d', { 'a.bin': mega(1) });
  const { id, path, bytes } = await machine.cached('d');
  expect(bytes).toBe(1_000_000);
  const packs = machine.path('home', 'lake', 'datasets');
  const [dataset = ''] = await readdir(packs);
  const [pack = ''] = await readdir(join(packs, dataset, 'packs'));
  const file = join(packs, dataset, 'packs', pack);
  const content = await readFile(file);
  await chmod(file, 0o644);
  await rm(file);
  const kept = await machine.client.jobs
    .follow((await machine.client.placements.remove(id)).id)
    .catch((error) => error);
  expect(kept).toMatchObject({ code: 'damaged', message: expect.stringContaining('stays on the cache') });
  expect(await machine.client.placements.get(id)).toMatchObject({ state: 'ready', path });
  await writeFile(file, content);
  await machine.client.jobs.follow((await machine.client.placements.remove(id)).id);
  expect(existsSync(path ?? '')).toBe(false);
  expect(await machine.client.placements.list()).toEqual([]);
  expect((await machine.client.caches.list())[0]?.used).toBe(0);
});

test('a fill that is cancelled leaves nothing behind within two seconds', async () => {
  await machine.dataset('d', { 'a.bin': mega(60), 'b.bin': mega(60) });
  const placement = await machine.client.placements.add({ ref: 'd' });
  await until(async () => {
    const job = await machine.client.jobs.get(placement.job ?? '');
    return job.state === 'running' && job.progress.phase === 'filling';
  });
  const before = performance.now();
  await machine.client.placements.remove(placement.id);
  await expect(machine.client.jobs.follow(placement.job ?? '')).rejects.toMatchObject({ code: 'cancelled' });
  expect(performance.now() - before).toBeLessThan(2000);
  expect(await machine.client.placements.list()).toEqual([]);
  const staging = machine.path('home', 'cache', '.forebay', 'staging');
  expect(existsSync(staging) ? await readdir(staging) : []).toEqual([]);
});

test('a folder that was changed behind our back is never handed out as ready', async () => {
  await machine.dataset('d', { 'a.txt': 'a' });
  const { path, id } = await machine.cached('d');
  await rm(path ?? '', { recursive: true });
  const again = await machine.client.placements.add({ ref: 'd' });
  expect(again).toMatchObject({ id, state: expect.stringMatching(/queued|filling/) });
  await machine.client.jobs.follow(again.job ?? '');
  expect(await readFile(join(path ?? '', 'a.txt'), 'utf8')).toBe('a');
});

test('a cache that is detached is cleared and can be attached again', async () => {
  await machine.dataset('d', { 'a.txt': 'a' });
  const path = machine.path('fast');
  await machine.client.caches.attach({ name: 'fast', path, capacity: 10_000_000 });
  const placement = await machine.cached('d', 'fast');
  const lease = await machine.client.leases.add({ ref: 'd', cache: 'fast', holder: { kind: 'manual' } });
  await expect(machine.client.caches.remove('fast')).rejects.toMatchObject({ code: 'in-use' });
  await machine.client.leases.remove(lease.id);
  await machine.client.caches.remove('fast');
  expect(existsSync(placement.path ?? '')).toBe(false);
  await machine.client.caches.attach({ name: 'fast', path, capacity: 10_000_000 });
  await expect(
    machine.client.caches.attach({ name: 'fast', path: machine.path('else'), capacity: 1 }),
  ).rejects.toMatchObject({ code: 'cache-exists' });
});
