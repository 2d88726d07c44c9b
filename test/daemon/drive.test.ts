import { afterAll, beforeAll, expect, test } from 'vitest';
import { ForebayDrive } from '../../jupyterlab-ext/src/drive/ForebayDrive.ts';
import { type Machine, newMachine, until } from './daemon.ts';

let machine: Machine;
let drive: ForebayDrive;
const notes: string[] = [];

const row = 'some text of a row,1,2\n';
const hostile = {
  ...{ cell_type: 'code', source: '', execution_count: 1, metadata: { trusted: true, tags: ['a'] } },
  outputs: [
    { output_type: 'display_data', metadata: {}, data: { 'text/html': '<script>alert(1)</script>' } },
  ],
};
const large = row.repeat(Math.ceil(21_000_000 / row.length));

beforeAll(async () => {
  machine = await newMachine();
  await machine.start();
  const files: Record<string, string | Buffer> = {
    'a b/ä:1.json': '{"beds": 3}',
    'train.ipynb': '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
    'hostile.ipynb': JSON.stringify({ cells: [hostile], metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    'large/rows.csv': large,
    'large/weights.bin': Buffer.alloc(21_000_000, 1),
    'picture.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]),
  };
  for (let nth = 0; nth < 1200; nth++) files[`many/${String(nth).padStart(5, '0')}.txt`] = `${nth}`;
  await machine.dataset('xrays', files);
  drive = new ForebayDrive({
    client: machine.client,
    serverSettings: { baseUrl: 'http://lab/base/' } as ForebayDrive['serverSettings'],
    mimeOf: () => 'text/x-test',
    note: (text) => notes.push(text),
  });
});
afterAll(() => machine?.remove());

test('its top lists the newest versions, and a version its files', async () => {
  const top = await drive.get('');
  expect(top.content.map(({ path, type }: { path: string; type: string }) => [path, type])).toEqual([
    ['xrays@v1', 'directory'],
  ]);
  const { content } = await drive.get('xrays@v1');
  expect(content.map(({ name }: { name: string }) => name)).toEqual([
    'a b',
    'large',
    'many',
    'hostile.ipynb',
    'picture.png',
    'train.ipynb',
  ]);
  expect(content.every(({ writable }: { writable: boolean }) => !writable)).toBe(true);
  expect((await drive.get('xrays/a b')).content[0].path).toBe('xrays/a b/ä:1.json');
});

test('a file comes as text, bytes or notebook, whichever it is or was asked for', async () => {
  const json = await drive.get('xrays@v1/a b/ä:1.json');
  expect([json.format, json.content, json.writable, json.mimetype]).toEqual([
    ...['text', '{"beds": 3}', false, 'text/x-test'],
  ]);
  const picture = await drive.get('xrays@v1/picture.png', { type: 'file', format: 'base64' });
  expect(picture.content).toBe('iVBORwAB');
  expect((await drive.get('xrays@v1/picture.png')).format).toBe('base64');
  const notebook = await drive.get('xrays@v1/train.ipynb');
  expect([notebook.type, notebook.format, notebook.content.nbformat]).toEqual(['notebook', 'json', 4]);
  expect((await drive.get('xrays@v1/picture.png', { content: false })).content).toBeNull();
});

test('a notebook cannot call itself trusted, which would let its outputs run code', async () => {
  const { content } = await drive.get('xrays@v1/hostile.ipynb');
  expect(content.cells).toEqual([{ ...hostile, metadata: { tags: ['a'] } }]);
});

test('a folder with more files than a file browser bears ends with a note where the rest is', async () => {
  const { content } = await drive.get('xrays@v1/many');
  expect(content).toHaveLength(1001);
  const last = content.at(-1);
  expect(last.name).toBe('200 more - see the Files page.txt');
  expect((await drive.get(last.path)).content).toMatch(/xrays@v1.*tab Files/);
});

test('of a large text whole lines of its beginning are shown, with a note; nothing else large is held', async () => {
  const { content, format } = await drive.get('xrays@v1/large/rows.csv', { format: 'text' });
  expect(format).toBe('text');
  expect(content.length).toBeLessThanOrEqual(1_000_000);
  expect(large.startsWith(content) && content.endsWith('\n')).toBe(true);
  expect(notes).toEqual([
    expect.stringMatching(/rows\.csv has 21\.0 MB\. Its first 1(\.0 M|,?000 k)B are shown/),
  ]);
  await expect(drive.get('xrays@v1/large/weights.bin')).rejects.toThrow(/21\.0 MB, more than/);
});

test('whatever would change it is refused, with a way to go', async () => {
  for (const change of ['save', 'delete', 'rename', 'copy', 'newUntitled', 'createCheckpoint'] as const) {
    await expect(drive[change]()).rejects.toThrow(/never changes.*syncing that folder makes a new version/);
  }
  expect(await drive.listCheckpoints()).toEqual([]);
});

test('what is not there is said to be so', async () => {
  await expect(drive.get('xrays@v1/nope.txt')).rejects.toMatchObject({ code: 'path-unknown' });
  await expect(drive.get('nope@v1/a')).rejects.toMatchObject({ code: 'dataset-unknown' });
});

test('a download comes from the server by its base address', async () => {
  expect(await drive.getDownloadUrl('xrays@v1/a b/ä:1.json')).toBe(
    'http://lab/base/forebay/api/v1/datasets/xrays/versions/v1/content?path=a+b%2F%C3%A4%3A1.json&download=true',
  );
});

test('statistics come step by step, and at once the second time, also after a restart', async () => {
  const { versions } = machine.client;
  let found = await versions.statistics('xrays', 'v1');
  await until(async () => {
    found = await versions.statistics('xrays', 'v1');
    return found.complete;
  });
  expect(found.counts).toMatchObject({ files: 1206, topTotal: 3 });
  expect(found.sample?.tables).toMatchObject([
    { path: 'large/rows.csv', columns: ['some text of a row', '1', '2'] },
  ]);
  await machine.end();
  await machine.start();
  const begun = performance.now();
  expect(await machine.client.versions.statistics('xrays', 'v1')).toEqual(found);
  expect(performance.now() - begun).toBeLessThan(500);
});

test('a search finds in the whole version, sorted, any page of it at once', async () => {
  const search = (more: object) =>
    machine.client.versions.files('xrays', 'v1', { search: '11', partial: true, ...more });
  let page = await search({});
  await until(async () => {
    page = await search({ limit: 5, offset: 10 });
    return page.complete === true;
  });
  const expected = Array.from({ length: 1200 }, (_, nth) => String(nth).padStart(5, '0')).filter((name) =>
    name.includes('11'),
  );
  expect(page.total).toBe(expected.length);
  expect(page.items.map(({ path }) => path)).toEqual(
    expected.slice(10, 15).map((name) => `many/${name}.txt`),
  );
});
