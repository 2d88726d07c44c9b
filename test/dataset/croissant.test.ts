import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { write } from '../cli/support.ts';
import { type Home, newHome, root } from '../support/home.ts';

import { croissantRequirements, toolsVenv, type Venv } from '../support/python/venv.ts';

let home: Home;
let venv: Venv;
beforeAll(async () => {
  venv = await toolsVenv('croissant', croissantRequirements);
  home = await newHome();
}, 300_000);
afterAll(() => home?.remove());

/** One pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface Judgement {
  errors: string[];
  records: Record<string, Record<string, unknown>[]>;
}

/** Syncs the files as `name`, and has mlcroissant judge the description of it. */
async function judge(name: string, files: Record<string, string | Buffer>): Promise<Judgement> {
  const folder = await write(home.path(name), files);
  await home.json('-C', folder, 'data', 'init', name);
  await home.json('-C', folder, 'data', 'sync', '-m', 'a "first" <b>delivery</b>\n\\');
  const description = home.path(`${name}.json`);
  const { stdout } = await home.run('data', 'croissant', `${name}@v1`);
  await writeFile(description, stdout);
  const { path: mounted } = await home.json<{ path: string }>('mount', name);
  const validate = ['validate', '--jsonld', description];
  await promisify(execFile)(join(venv.bin, 'mlcroissant'), validate, { cwd: home.folder });
  const script = join(root, 'test', 'dataset', 'croissant', 'judge.py');
  const said = await promisify(execFile)(venv.python, [script, description, mounted], { maxBuffer: 2 ** 26 });
  return JSON.parse(said.stdout) as Judgement;
}

test('mlcroissant finds no error, and reads pictures with their classes and tables with their types', async () => {
  const { errors, records } = await judge('pets', {
    LICENSE: 'MIT',
    'train/cat/1.png': picture,
    'train/cat/2.png': picture,
    'train/dog/1.png': picture,
    'val/cat/3.png': picture,
    'val/dog/4.png': picture,
    'labels.csv': 'file,"the ""score""",seen\r\ntrain/cat/1.png,0.5,2026-01-02\r\n"a, b",,2026-02-03\r\n',
  });
  expect(errors).toEqual([]);
  expect(records['labels of train']).toEqual([{ name: 'cat' }, { name: 'dog' }]);
  expect(records['pictures of train']).toEqual([
    { picture: [1, 1], label: 'cat' },
    { picture: [1, 1], label: 'cat' },
    { picture: [1, 1], label: 'dog' },
  ]);
  expect(records['pictures of val']?.map(({ label }) => label)).toEqual(['cat', 'dog']);
  expect(records['labels.csv']).toMatchObject([
    { file: 'train/cat/1.png', 'the%20%22score%22': 0.5 },
    { file: 'a, b', 'the%20%22score%22': null },
  ]);
}, 120_000);

test('names that mean something elsewhere are no way out of the format', async () => {
  const { errors, records } = await judge('hostile', {
    'a:b/[x]*?/1.png': picture,
    'a:b/#%20 "q"\\/2.png': picture,
    'https://example.org/x.csv': 'a#b,c/d\n1,2\n',
    '_:blank.txt': 'x',
    '@id.json': '{}',
    version: 'no folder',
    'bad\u00e9.csv': Buffer.from([0xff, 0xfe, 0x2c]),
    'line\nbreak.txt': 'x',
  });
  expect(errors).toEqual([]);
  expect(records['pictures of a:b']?.map(({ label }) => label).sort()).toEqual(['#%20 "q"\\', '[x]*?']);
  expect(Object.values(records).flat()).toContainEqual({ 'a%23b': 1, 'c%2Fd': 2 });
}, 120_000);

test('a version of many files is described in few words', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 2000 }, (_, i) => [`train/${i % 2 ? 'odd' : 'even'}/${i}.png`, picture]),
  );
  const { errors, records } = await judge('many', { ...many, 'more/notes/1.txt': 'x', 'more/plain': 'y' });
  expect(errors).toEqual([]);
  expect(records['pictures of train']).toHaveLength(2000);
  const document = await home.json<{ distribution: object[] }>('data', 'croissant', 'many');
  expect(document.distribution).toHaveLength(6);
  expect(document).toMatchObject({ isLiveDataset: false, version: '1.0.0' });
}, 240_000);

test('what is not there is said', async () => {
  const said = await home.run('data', 'croissant', 'nothing');
  expect([said.code, said.stderr]).toEqual([1, expect.stringContaining("There is no dataset 'nothing'")]);
});
