import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Machine, newMachine, until } from './daemon.ts';

let machine: Machine;
beforeEach(async () => {
  machine = await newMachine();
  await machine.start();
  await machine.dataset('d', { 'a.txt': 'a' });
});
afterEach(() => machine.remove());

async function evict(): Promise<unknown> {
  const [placement] = await machine.client.placements.list();
  return machine.client.placements.remove(placement?.id ?? '').catch((error) => error);
}

test('a mount keeps its version from being cleared until unmount, also over a restart', async () => {
  const lease = await machine.client.leases.add({ ref: 'd', holder: { kind: 'manual' } });
  await machine.client.jobs.follow(lease.job ?? '');
  expect((await machine.client.leases.get(lease.id)).path).toMatch(/v1$/);
  expect(await evict()).toMatchObject({ code: 'in-use', message: expect.stringContaining('a mount since') });
  await machine.end();
  await machine.start();
  expect(await evict()).toMatchObject({ code: 'in-use' });
  expect((await machine.client.placements.list())[0]).toMatchObject({ leases: 1, expires: null });
  await machine.client.leases.remove(lease.id);
  await expect(machine.client.leases.remove(lease.id)).rejects.toMatchObject({ code: 'lease-unknown' });
  const [placement] = await machine.client.placements.list();
  expect(Date.parse(placement?.expires ?? '') - Date.now()).toBeGreaterThan(86_390_000);
  expect(await evict()).toMatchObject({ kind: 'evict' });
});

test("a process's lease ends with the process", async () => {
  const child = spawn('sleep', ['600']);
  const pid = child.pid ?? 0;
  await machine.cached('d');
  const lease = await machine.client.leases.add({ ref: 'd', holder: { kind: 'process', pid } });
  expect(lease.path).toMatch(/v1$/);
  expect(await evict()).toMatchObject({ code: 'in-use', message: expect.stringContaining(`process ${pid}`) });
  child.kill('SIGKILL');
  await once(child, 'exit');
  await until(async () => (await machine.client.leases.list()).length === 0);
  expect(await evict()).toMatchObject({ kind: 'evict' });
});

test('a process that has ended gets no lease', async () => {
  const child = spawn('true');
  await once(child, 'exit');
  const holder = { kind: 'process', pid: child.pid ?? 0 } as const;
  await expect(machine.client.leases.add({ ref: 'd', holder })).rejects.toMatchObject({
    code: 'bad-request',
  });
  expect(await machine.client.placements.list()).toEqual([]);
});

test("a connection's lease lasts as long as it is held, and is waited for after a restart", async () => {
  await machine.cached('d');
  const holder = { kind: 'connection', label: 'notebook.ipynb' } as const;
  const lease = await machine.client.leases.add({ ref: 'd', holder });
  const first = await machine.stream(`/api/v1/leases/${lease.id}/hold`);
  await until(() => first.text !== '');
  expect(await evict()).toMatchObject({ code: 'in-use', message: expect.stringContaining('notebook.ipynb') });
  await machine.end('SIGKILL');
  await until(() => first.ended);
  await machine.start();
  expect(await machine.client.leases.list()).toMatchObject([{ id: lease.id, holder }]);
  const second = await machine.stream(`/api/v1/leases/${lease.id}/hold`);
  await until(() => second.text !== '');
  second.leave();
  await until(async () => (await machine.client.leases.list()).length === 0);
});

test('a lease on what is still being filled holds already, and its path comes with the fill', async () => {
  const holder = { kind: 'manual' } as const;
  const [one, two] = await Promise.all([
    machine.client.leases.add({ ref: 'd', holder }),
    machine.client.leases.add({ ref: 'd', holder }),
  ]);
  expect(one.placement).toBe(two.placement);
  const job = one.job ?? two.job;
  if (job) await machine.client.jobs.follow(job);
  expect((await machine.client.leases.list()).map((lease) => lease.path)).toEqual([
    expect.stringMatching(/v1$/),
    expect.stringMatching(/v1$/),
  ]);
});
