import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { fingerprint } from '../support/data/tree.ts';
import { Host, networkFolder } from '../support/host.ts';

const cleanup: Array<() => unknown> = [];
afterEach(async () => {
  for (const step of cleanup.splice(0).reverse()) await step();
});

test('two hosts that share one $HOME have a daemon, a database and a cache each, and one lake', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fb-hosts-'));
  cleanup.push(() => rm(folder, { recursive: true, force: true }));
  cleanup.push(networkFolder(join(folder, 'nfs'), join(folder, 'home')));
  const [a, b] = await Promise.all(
    ['node-a', 'node-b'].map((name) => Host.start(name, join(folder, name), join(folder, 'home', 'forebay'))),
  );
  if (!a || !b) throw new Error('no hosts');
  cleanup.push(
    () => a.stop(),
    () => b.stop(),
  );

  const work = join(folder, 'home', 'work');
  await mkdir(work);
  await writeFile(join(work, 'x.txt'), 'x');
  await a.json('-C', work, 'data', 'init', 't');
  await a.json('-C', work, 'data', 'sync');
  const [onA, onB] = [await a.json<{ pid: number }>('status'), await b.json<{ pid: number }>('status')];
  expect(onA.pid).not.toBe(onB.pid);

  const mountedA = await a.json<{ path: string }>('mount', 't');
  const mountedB = await b.json<{ path: string }>('mount', 't');
  const onHostB = await b.execute('cat', join(mountedB.path, 'x.txt'));
  expect(onHostB.stdout).toBe('x');
  expect((await a.execute('cat', join(mountedA.path, 'x.txt'))).stdout).toBe('x');

  // What is cleared on one host stays on the other, where somebody uses it.
  await a.json('unmount', 't');
  await a.json('cache', 'rm', 't');
  expect((await b.execute('cat', join(mountedB.path, 'x.txt'))).stdout).toBe('x');
  await b.json('data', 'clone', 't', join(folder, 'home', 'clone'));
  expect(await fingerprint(join(folder, 'home', 'clone'))).toEqual(await fingerprint(work));
});
