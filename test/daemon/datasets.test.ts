import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Machine, newMachine } from './daemon.ts';

let machine: Machine;
let other: Machine;
beforeAll(async () => {
  machine = await newMachine();
  await machine.start();
  await machine.dataset('scans', { 'a.txt': 'one' });
  // Another person's machine on the same lake.
  other = await newMachine({ FOREBAY_LAKE: machine.path('home', 'lake') });
  await other.start();
});
afterAll(async () => {
  await machine?.remove();
  await other?.remove();
});

test('what is said of a dataset is kept in the lake, part by part', async () => {
  const { datasets } = machine.client;
  await datasets.change('scans', { description: 'of lungs' });
  const labels = ['x-ray', 'radiology'];
  expect(await datasets.change('scans', { labels })).toMatchObject({
    description: 'of lungs',
    labels: ['radiology', 'x-ray'],
    latest: { version: 1 },
  });
  expect(await other.client.datasets.get('scans')).toMatchObject({
    description: 'of lungs',
    labels: ['radiology', 'x-ray'],
  });
  expect(await datasets.change('scans', { description: '' })).toMatchObject({
    labels: ['radiology', 'x-ray'],
  });
});

test('what no label can be is refused, and loses nothing', async () => {
  const { datasets } = machine.client;
  await expect(datasets.change('scans', { labels: ['ok', '<b>'] })).rejects.toMatchObject({
    code: 'bad-request',
    message: "'<b>' can't be a label.",
  });
  expect(await datasets.get('scans')).toMatchObject({ labels: ['radiology', 'x-ray'] });
  await expect(datasets.change('skans', { labels: [] })).rejects.toMatchObject({ code: 'dataset-unknown' });
});

test('a list that need not be fresh is there at once, and what another machine made is told behind it', async () => {
  const list = () => other.client.datasets.page({ fresh: false });
  expect((await list()).items[0]?.latest?.version).toBe(1);
  const heard: string[] = [];
  const end = new AbortController();
  void other.client.events.subscribe(({ kind, subject }) => heard.push(`${kind} ${subject}`), end.signal);
  await machine.sync(machine.path('work', 'scans'), { 'b.txt': 'two' });
  expect((await list()).items[0]?.latest?.version).toBe(1);
  await expect.poll(() => heard).toContain('dataset scans');
  expect((await list()).items[0]?.latest?.version).toBe(2);
  end.abort();
});

test('each version knows the run that made it and how many runs read it', async () => {
  const { runs, datasets, versions, workingCopies, jobs } = machine.client;
  const { digest } = await versions.get('scans', 'v2');
  const here = { user: 'ana', command: ['python', 'clean.py'], folder: '/work', host: 'gpu-1', pid: 1 };
  const data = [{ name: 'scans', version: 2, digest, cache: 'local' }];
  const maker = await runs.start({ ...here, name: 'clean up', datasets: data });
  const folder = machine.path('work', 'scans');
  await writeFile(join(folder, 'c.txt'), 'three');
  await jobs.follow((await workingCopies.sync({ folder, run: maker.id })).id);
  expect(await datasets.uses('scans')).toEqual([
    { version: 3, madeBy: { id: maker.id, name: 'clean up' }, runs: 0, lastRun: null },
    { version: 2, madeBy: null, runs: 1, lastRun: maker.started },
    { version: 1, madeBy: null, runs: 0, lastRun: null },
  ]);
  await runs.change(maker.id, { deleted: true });
  expect((await datasets.uses('scans')).map(({ runs }) => runs)).toEqual([0, 0, 0]);
});

test('a search finds datasets by name, description and label, a page at a time', async () => {
  const { datasets } = machine.client;
  for (const name of ['ct-a', 'ct-b', 'ct-c'])
    await datasets.create({ name, description: 'Computed tomography' });
  await datasets.change('ct-c', { labels: ['thorax'] });
  const names = async (request: Parameters<typeof datasets.page>[0]) =>
    (await datasets.page(request)).items.map(({ name }) => name);
  expect(await names({ search: 'TOMOGRAPHY' })).toEqual(['ct-a', 'ct-b', 'ct-c']);
  expect(await names({ search: 'thorax tomography' })).toEqual(['ct-c']);
  const first = await datasets.page({ search: 'tomography', limit: 2 });
  expect(await names({ search: 'tomography', limit: 2, cursor: first.next ?? undefined })).toEqual(['ct-c']);
});
