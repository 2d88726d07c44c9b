import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Placement } from '../../core/src/api/index.ts';
import { fingerprint } from '../support/data/tree.ts';
import { type Machine, newMachine, until } from './daemon.ts';

let machine: Machine;
beforeEach(async () => {
  machine = await newMachine();
  await machine.start();
});
afterEach(() => machine.remove());

const mega = (count: number) => randomBytes(count * 1_000_000);
const large = () => ({ 'a/1.bin': mega(2), 'a/2.bin': mega(2), 'b/1.bin': mega(3), 'b.txt': 'b' });

async function cached(ref: string, include: string[], more: { exclude?: string[]; cache?: string } = {}) {
  const placement = await machine.client.placements.add({ ref, include, ...more });
  if (placement.job) await machine.client.jobs.follow(placement.job);
  return machine.client.placements.get(placement.id);
}

const states = (placements: Placement[]) =>
  placements.map(({ selection, state }) => `${selection?.include.join() ?? 'all'} ${state}`).sort();

test('a part is cached once and only once, and is never taken for the whole', async () => {
  await machine.dataset('d', large());
  const asked = { ref: 'd', include: ['a/**', '*.txt'] };
  const all = await Promise.all([
    machine.client.placements.add(asked),
    machine.client.placements.add({ ref: 'd@v1', include: ['*.txt', './a/**', '*.txt'], exclude: [] }),
  ]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  const job = await machine.client.jobs.follow(all[0]?.job ?? '');
  expect(job.title).toBe('Filling d@v1 (part: *.txt, a/**)');
  const part = await machine.client.placements.get(all[0]?.id ?? '');
  const selection = { include: ['*.txt', 'a/**'], exclude: [] };
  expect(part).toMatchObject({ state: 'ready', selection, files: 3, bytes: 4_000_001, version: 1 });
  expect((await fingerprint(part.path ?? '')).map((line) => line.split(' ')[0])).toEqual([
    'a/1.bin',
    'a/2.bin',
    'b.txt',
  ]);
  const other = await cached('d', ['b/**']);
  const whole = await machine.cached('d');
  expect(whole).toMatchObject({ selection: null, files: 4 });
  expect(new Set([part.path, other.path, whole.path]).size).toBe(3);
  const [cache] = await machine.client.caches.list();
  // Shared files count once.
  expect(cache?.used).toBeGreaterThan(7_000_000);
  expect(cache?.used).toBeLessThan(7_200_000);
});

test('a version that is there whole is any part of it', async () => {
  await machine.dataset('d', large());
  const whole = await machine.cached('d');
  const again = await machine.ask('POST', '/api/v1/placements', { body: { ref: 'd', include: ['a/**'] } });
  expect([again.status, again.json<Placement>().id]).toEqual([200, whole.id]);
  const asked = { ref: 'd', exclude: ['a/**'], holder: { kind: 'manual' as const } };
  const lease = await machine.client.leases.add(asked);
  expect(lease).toMatchObject({ placement: whole.id, selection: null, path: whole.path });
  expect(await machine.client.placements.list()).toHaveLength(1);
});

test('what is wrong with globs is said at once, and leaves nothing', async () => {
  await machine.dataset('d', { 'a.txt': 'a' });
  const add = (include: string[], exclude: string[] = []) =>
    machine.client.placements.add({ ref: 'd', include, exclude });
  await expect(add(['x['])).rejects.toMatchObject({ code: 'bad-request' });
  await expect(add(['{1..99999}'])).rejects.toMatchObject({ code: 'bad-request' });
  await expect(add(['*.jpg'])).rejects.toMatchObject({
    code: 'path-unknown',
    message: "Nothing of d@v1 is selected by --include '*.jpg'.",
  });
  await expect(add([], ['*'])).rejects.toMatchObject({ code: 'path-unknown' });
  expect(await machine.client.placements.list()).toEqual([]);
});

test('a leased part stays while the whole goes, and is verified and cleared by itself', async () => {
  await machine.dataset('d', large());
  const asked = { ref: 'd', include: ['a/**'], holder: { kind: 'manual' as const } };
  const lease = await machine.client.leases.add(asked);
  if (lease.job) await machine.client.jobs.follow(lease.job);
  const part = await machine.client.placements.get(lease.placement);
  expect(part).toMatchObject({ leases: 1, expires: null, selection: { include: ['a/**'] } });
  const whole = await machine.cached('d');
  await machine.client.jobs.follow((await machine.client.placements.remove(whole.id)).id);
  expect(existsSync(whole.path ?? '')).toBe(false);
  await expect(machine.client.placements.remove(part.id)).rejects.toMatchObject({
    code: 'in-use',
    message: expect.stringMatching(/^d@v1 \(part: a\/\*\*\) is in use by a mount/),
    hint: "Give it back with 'forebay unmount d@v1 --include 'a/**''.",
  });
  const checked = await machine.client.placements.verify(part.id);
  const { result } = await machine.client.jobs.follow(checked.id);
  expect(result).toEqual({ ok: true, files: 2, bytes: 4_000_000, problems: [] });
  await machine.client.leases.remove(lease.id);
  await machine.client.jobs.follow((await machine.client.placements.remove(part.id)).id);
  expect(await machine.client.placements.list()).toEqual([]);
  expect((await machine.client.caches.list())[0]?.used).toBe(0);
});

test('a part needs room for itself alone; the whole only for what no part has', async () => {
  const folder = await machine.dataset('d', large());
  await machine.client.caches.attach({ name: 'tiny', path: machine.path('tiny'), capacity: 6_400_000 });
  await expect(machine.client.placements.add({ ref: 'd', cache: 'tiny' })).rejects.toMatchObject({
    code: 'no-space',
  });
  await cached('d', ['a/**'], { cache: 'tiny' });
  await machine.sync(folder, { 'a/2.bin': mega(1) });
  // Beside that of v1, its neighbour, only what changed.
  const next = await cached('d@v2', ['a/**'], { cache: 'tiny' });
  expect(next).toMatchObject({ files: 2, bytes: 3_000_000 });
  expect(await machine.client.placements.list()).toHaveLength(2);
  // Under pressure the one that was used longest ago goes, part or not.
  await cached('d@v2', ['b/**'], { cache: 'tiny' });
  const left = await machine.client.placements.list();
  expect(left.map(({ version }) => version)).toEqual([2, 2]);
  await machine.client.caches.attach({ name: 'roomy', path: machine.path('roomy'), capacity: 6_300_000 });
  await cached('d@v2', ['a/**'], { cache: 'roomy' });
  await machine.cached('d@v2', 'roomy');
  const both = (await machine.client.placements.list()).filter(({ cache }) => cache === 'roomy');
  expect(states(both)).toEqual(['a/** ready', 'all ready']);
});

test('the fill of a part that a crash interrupted is finished by the next daemon, as that part', async () => {
  await machine.dataset('d', { 'a/1.bin': mega(50), 'a/2.bin': mega(50), 'b/1.bin': mega(20) });
  const placement = await machine.client.placements.add({ ref: 'd', include: ['a/**'] });
  const whole = await machine.client.placements.add({ ref: 'd' });
  const job = placement.job ?? '';
  await until(async () => (await machine.client.jobs.get(job)).state === 'running');
  await machine.end('SIGKILL');
  await machine.start();
  await machine.client.jobs.follow(job);
  await machine.client.jobs.follow(whole.job ?? '');
  const part = await machine.client.placements.get(placement.id);
  expect(part).toMatchObject({ state: 'ready', files: 2, bytes: 100_000_000 });
  expect(await readdir(join(part.path ?? '', 'a'))).toEqual(['1.bin', '2.bin']);
  expect(await readdir(part.path ?? '')).toEqual(['a']);
  const stands = await machine.client.placements.get(whole.id);
  expect((await readdir(stands.path ?? '')).sort()).toEqual(['a', 'b']);
  expect(await readdir(machine.path('home', 'cache', '.forebay', 'staging'))).toEqual([]);
});

test('a rebuilt database finds parts again, as parts', async () => {
  await machine.dataset('d', large());
  const part = await cached('d', ['a/**'], { exclude: ['1.*'] });
  await machine.end();
  const state = (await readdir(machine.home)).filter((name) => /\.db/.test(name));
  for (const name of state) await rm(machine.path('home', name));
  expect(state.length).toBeGreaterThan(0);
  await machine.start();
  await machine.client.placements.add({ ref: 'd', include: ['b.txt'] });
  const found = await machine.client.placements.list();
  const known = found.find(({ path }) => path === part.path);
  expect(known).toMatchObject({
    state: 'ready',
    selection: { include: ['a/**'], exclude: ['1.*'] },
    files: 1,
    bytes: 2_000_000,
  });
  expect(basename(part.path ?? '')).toMatch(/^v1\+[0-9a-f]{8}$/);
});
