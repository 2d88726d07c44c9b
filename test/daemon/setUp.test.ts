import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import type { Check } from '@forebay/core/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Machine, newMachine } from './daemon.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await newMachine();
  await machine.start();
  const folder = await machine.dataset('scans', {
    'a/1.bin': 'x'.repeat(400_000),
    'b.bin': 'y'.repeat(300_000),
  });
  await machine.sync(folder, { 'c.bin': 'z'.repeat(100_000) });
});
afterAll(() => machine.remove());

const said = (checks: Check[]) => Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]));
const sentences = (checks: Check[]) => checks.map(({ says, hint }) => `${says} ${hint ?? ''}`).join('\n');

test('a folder is tried as a cache before it is one, and nothing is left there', async () => {
  const path = machine.path('new', 'cache');
  const tested = await machine.client.caches.test(path);
  expect(tested).toMatchObject({ ok: true, exists: false, attached: null });
  expect(said(tested.checks)).toMatchObject({
    Folder: 'note',
    Write: 'passed',
    'Links and permissions': 'passed',
  });
  expect(tested.suggestedCapacity).toBeLessThan(tested.free);
  expect(await readdir(machine.folder)).not.toContain('new');
  expect((await readdir(machine.folder)).filter((name) => /probe|test/.test(name))).toEqual([]);
});

test('a cache that is attached, another hub’s, a file and a crowded folder each say so', async () => {
  const { caches } = machine.client;
  await caches.attach({ name: 'fast', path: machine.path('fast'), capacity: 1e6 });
  expect(await caches.test(machine.path('fast'))).toMatchObject({ ok: false, attached: 'fast' });
  await symlink(machine.path('fast'), machine.path('link'));
  expect(await caches.test(machine.path('link'))).toMatchObject({ ok: false, attached: 'fast' });
  const attached = await caches.testAttached('fast');
  expect(attached).toMatchObject({ ok: true, attached: 'fast' });
  expect(sentences(attached.checks)).toMatch(/there and yours/);
  const foreign = machine.path('foreign');
  await mkdir(foreign);
  await writeFile(
    `${foreign}/forebay-cache.json`,
    JSON.stringify({ format: 1, hub: 'other', by: 'ben@gpu', claimed: '2026-01-02T03:04:05Z' }),
  );
  const other = await caches.test(foreign);
  expect(other.ok).toBe(false);
  expect(sentences(other.checks)).toMatch(/belongs to another Forebay hub.*ben@gpu/);
  await writeFile(machine.path('file'), '');
  const file = await caches.test(machine.path('file'));
  expect(file.ok).toBe(false);
  expect(sentences(file.checks)).toMatch(/not a folder/);
  await mkdir(machine.path('crowded'));
  await writeFile(machine.path('crowded', 'one'), '');
  const crowded = await caches.test(machine.path('crowded'));
  expect(crowded.ok).toBe(true);
  expect(sentences(crowded.checks)).toMatch(/holds another file.*tidier/);
});

test('a full disk and a read-only one are told apart', async () => {
  const disk = machine.path('disk');
  await mkdir(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]);
  try {
    const full = await machine.client.caches.test(disk);
    expect(full).toMatchObject({ ok: false, temporary: true, fileSystem: 'tmpfs' });
    expect(sentences(full.checks)).toMatch(/is full/);
    expect(await readdir(disk)).toEqual([]);
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    const readOnly = await machine.client.caches.test(disk);
    expect(sentences(readOnly.checks)).toMatch(/mounted read-only/);
    const lake = await machine.client.app.testLake({ url: `${disk}/lake` });
    expect(lake.ok).toBe(false);
    expect(sentences(lake.checks)).toMatch(/read-only/);
  } finally {
    execFileSync('umount', [disk]);
  }
});

test('what a cache holds and how long it keeps it can be changed', async () => {
  const { caches } = machine.client;
  const changed = await caches.change('fast', { capacity: 5e6, ttlSeconds: 3600 });
  expect(changed).toMatchObject({ capacity: 5e6, ttlSeconds: 3600 });
  expect((await caches.list()).find(({ name }) => name === 'fast')).toMatchObject({ capacity: 5e6 });
});

test('every cache is a candidate with its reason, the best first', async () => {
  const { caches, placements } = machine.client;
  await caches.attach({ name: 'tiny', path: machine.path('tiny'), capacity: 1000 });
  await machine.cached('scans@v1');
  const found = await placements.candidates({ ref: 'scans@v2' });
  expect(found.map(({ cache, fit }) => [cache, fit])).toEqual([
    ['local', 'room'],
    ['fast', 'room'],
    ['tiny', 'refused'],
  ]);
  // What v1 brought is linked, not fetched.
  expect(found[0]).toMatchObject({ size: 800_000, missingBytes: expect.any(Number), files: 3 });
  expect(found[0]?.missingBytes).toBeLessThan(120_000);
  expect(found[0]?.why).toMatch(/most of it is there/);
  expect(found[2]?.why).toMatch(/^Refused: .*scans@v2 needs/);
  const part = await placements.candidates({ ref: 'scans@v2', include: ['a/**'] });
  expect(part.find(({ cache }) => cache === 'fast')).toMatchObject({ size: 400_000, files: 1 });
  // Nothing of the other one is in it, so that one of them has to go.
  await machine.dataset('others', { 'other.bin': randomBytes(900_000) });
  await machine.cached('others@v1', 'fast');
  await caches.change('fast', { capacity: 1.2e6 });
  const pushes = (await placements.candidates({ ref: 'scans@v2' })).find(({ cache }) => cache === 'fast');
  expect(pushes).toMatchObject({ fit: 'pushes-out', evict: [{ dataset: 'others', version: 1 }] });
});

test('a place for a lake is tried, made nowhere, and said what it holds', async () => {
  const { app } = machine.client;
  const fresh = await app.testLake({ url: machine.path('lakes', 'new') });
  expect(fresh).toMatchObject({ ok: true, kind: 'folder', holds: 'missing' });
  expect(said(fresh.checks)).toMatchObject({
    Write: 'passed',
    'Write only if absent': 'passed',
    Clock: 'passed',
  });
  expect((await readdir(machine.folder)).filter((name) => /lakes|test/.test(name))).toEqual([]);
  const { lake } = await app.status();
  const own = await app.testLake({ url: lake?.url ?? '' });
  expect(own).toMatchObject({ ok: true, holds: 'lake', datasets: 2 });
  const nobody = await app.testLake({ url: 's3://forebay-test', endpoint: 'http://127.0.0.1:9' });
  expect(nobody.ok).toBe(false);
  expect(sentences(nobody.checks)).toMatch(/connection refused|No credentials/);
  expect(nobody.checks.filter(({ outcome }) => outcome === 'skipped').length).toBeGreaterThan(3);
});
