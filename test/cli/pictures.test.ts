import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { pictures } from '../support/browser/pictures.ts';
import { root } from '../support/home.ts';

const docs = join(root, 'docs');

test('every picture of the documents is there, shown, and taken by a test', async () => {
  const names = await readdir(docs, { recursive: true });
  const texts = [
    join(root, 'README.md'),
    ...names.filter((name) => name.endsWith('.md')).map((name) => join(docs, name)),
  ];
  const shown = await Promise.all(
    texts.map(async (path) =>
      [...(await readFile(path, 'utf8')).matchAll(/!\[[^\]]*\]\(([^)]+\.png)\)/g)].map(([, link = '']) =>
        relative(docs, join(dirname(path), link)),
      ),
    ),
  );
  const taken = [...pictures.values()].sort();
  expect([...new Set(shown.flat())].sort()).toEqual(taken);
  expect(names.filter((name) => name.endsWith('.png')).sort()).toEqual(taken);
});
