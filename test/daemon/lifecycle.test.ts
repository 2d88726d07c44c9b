import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runDaemon } from '../../core/src/daemon/run.ts';
import { fingerprint } from '../support/data/tree.ts';
import { type Machine, newMachine, until } from './daemon.ts';

let machine: Machine;
beforeEach(async () => {
  machine = await newMachine();
});
afterEach(() => machine.remove());

const mega = (count: number) => randomBytes(count * 1_000_000);

test('a second daemon of the same home does not start, and the first stays as it is', async () => {
  await machine.start();
  const pid = machine.daemon?.pid;
  const first = machine.daemon;
  const second = await machine.start();
  expect(second.exitCode).toBe(1);
  expect(machine.log).toMatch(/Another Forebay daemon works with/);
  expect(first?.exitCode).toBeNull();
  expect((await machine.client.app.hello()).pid).toBe(pid);
});

test('the socket is for its owner only, and one that a crash left behind is replaced', async () => {
  await machine.start();
  expect((await stat(machine.socket)).mode & 0o777).toBe(0o600);
  expect((await stat(join(machine.socket, '..'))).mode & 0o777).toBe(0o700);
  await machine.end('SIGKILL');
  expect(existsSync(machine.socket)).toBe(true);
  await machine.start();
  expect((await machine.client.app.status()).home).toBe(machine.home);
});

test('daemon.json says how to start it again', async () => {
  await machine.start();
  const json = JSON.parse(await readFile(join(machine.home, 'daemon.json'), 'utf8'));
  expect(json).toMatchObject({ socket: machine.socket, node: expect.stringMatching(/node$/) });
  expect(existsSync(json.bundle)).toBe(true);
});

test.each(['SIGTERM', 'shutdown', 'handover'])('%s ends it cleanly', async (how) => {
  const child = await machine.start();
  await machine.dataset('d', { 'a.txt': 'a' });
  const events = await machine.stream('/api/v1/events');
  const exit = once(child, 'exit');
  if (how === 'SIGTERM') child.kill('SIGTERM');
  else expect((await machine.ask('POST', `/api/${how}`, { body: { bundle: 'x' } })).status).toBe(202);
  expect(await exit).toEqual([0, null]);
  expect(existsSync(machine.socket)).toBe(false);
  await until(() => events.ended);
  await machine.start();
  expect(await machine.client.datasets.get('d')).toMatchObject({ latest: { version: 1 } });
});

test('nobody needs it: it ends by itself, but not while somebody listens', async () => {
  let ended = false;
  const running = runDaemon({ home: machine.home, env: machine.env, patience: 600 }).then(() => {
    ended = true;
  });
  await until(() => machine.client.app.hello().then(Boolean, () => false));
  const events = await machine.stream('/api/v1/events');
  await sleep(1500);
  expect(ended).toBe(false);
  events.leave();
  await running;
  expect(existsSync(machine.socket)).toBe(false);
});

test('a database of a newer Forebay is not opened, and says what to update', async () => {
  await machine.start();
  await machine.end();
  const path = join(machine.home, 'hub.db');
  const database = new DatabaseSync(path);
  database.exec('UPDATE schema SET version = 99');
  database.close();
  const child = await machine.start();
  expect(child.exitCode).toBe(1);
  expect(machine.log).toMatch(/written by a newer Forebay .*\nUpdate this Forebay/);
});

test('a fill that a crash interrupted is finished by the next daemon, under the same job', async () => {
  await machine.start();
  const folder = await machine.dataset('d', { 'a.bin': mega(50), 'b.bin': mega(50) });
  const placement = await machine.client.placements.add({ ref: 'd' });
  const job = placement.job ?? '';
  await until(async () => (await machine.client.jobs.get(job)).state === 'running');
  await machine.end('SIGKILL');
  await machine.start();
  expect(['queued', 'filling', 'ready']).toContain((await machine.client.placements.get(placement.id)).state);
  await machine.client.jobs.follow(job);
  const ready = await machine.client.placements.get(placement.id);
  expect(await fingerprint(ready.path ?? '')).toEqual(await fingerprint(folder));
  expect(await readdir(machine.path('home', 'cache', '.forebay', 'staging'))).toEqual([]);
});

test('a sync that a crash interrupted is said to be interrupted, and is not taken up unasked', async () => {
  await machine.start();
  const folder = machine.path('work');
  await mkdir(folder);
  for (let i = 0; i < 8; i++) await writeFile(join(folder, `${i}.bin`), mega(20));
  await machine.client.workingCopies.create({ folder, dataset: 'd' });
  const { id } = await machine.client.workingCopies.sync({ folder });
  await until(async () => (await machine.client.jobs.get(id)).state === 'running');
  await machine.end('SIGKILL');
  await machine.start();
  expect(await machine.client.jobs.get(id)).toMatchObject({
    state: 'interrupted',
    ended: expect.any(String),
  });
  expect((await machine.client.app.status()).jobs).toEqual([]);
  expect((await machine.client.datasets.get('d')).latest).toBeNull();
  await machine.sync(folder, {});
  expect((await machine.client.datasets.get('d')).latest).toMatchObject({ version: 1, files: 8 });
});

test('one job a folder: a second sync is told which job works there; a cancelled one leaves no version', async () => {
  await machine.start();
  const folder = machine.path('work');
  await mkdir(folder);
  for (let i = 0; i < 8; i++) await writeFile(join(folder, `${i}.bin`), mega(20));
  await machine.client.workingCopies.create({ folder, dataset: 'd' });
  const { id } = await machine.client.workingCopies.sync({ folder });
  await expect(machine.client.workingCopies.sync({ folder })).rejects.toMatchObject({
    code: 'folder-busy',
    message: expect.stringContaining(id),
  });
  await machine.client.jobs.cancel(id);
  await expect(machine.client.jobs.follow(id)).rejects.toMatchObject({ code: 'cancelled' });
  expect((await machine.client.datasets.get('d')).latest).toBeNull();
});

test('a rebuilt database knows again what the caches hold, and evicts nothing for a day', async () => {
  await machine.start();
  await machine.dataset('d', { 'a.txt': 'a' });
  const before = await machine.cached('d');
  await machine.end();
  for (const end of ['', '-wal', '-shm']) await rm(join(machine.home, `hub.db${end}`), { force: true });
  await machine.start();
  const again = await machine.client.placements.add({ ref: 'd' });
  expect(again).toMatchObject({ state: 'ready', path: before.path });
});

test('whoever follows the events hears of what changes, and of what it missed', async () => {
  await machine.start();
  const events = await machine.stream('/api/v1/events');
  await until(() => events.text !== '');
  await machine.dataset('d', { 'a.txt': 'a' });
  await until(() => /"kind":"dataset","subject":"d"/.test(events.text));
  const id = Number(/id: (\d+)/.exec(events.text)?.[1]);
  const later = await machine.stream('/api/v1/events', { 'last-event-id': String(id) });
  await until(() => /"kind":"dataset","subject":"d"/.test(later.text));
  expect(later.text).not.toContain(`id: ${id}\n`);
  const old = await machine.stream('/api/v1/events', { 'last-event-id': '5' });
  await until(() => /"kind":"reset"/.test(old.text));
});
