import { appendFile, cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { hasEnded } from '../../core/src/daemon/launch/index.ts';
import { Home, newHome, program } from '../support/home.ts';

const homes: Home[] = [];
afterEach(async () => {
  for (const home of homes.splice(0)) await home.remove();
});

/** The same program as another release would be built: only its version differs. */
async function release(home: Home, version: string): Promise<Home> {
  const folder = home.path(`forebay-${version}`);
  const here = JSON.parse(
    await readFile(new URL('../../core/package.json', import.meta.url), 'utf8'),
  ).version;
  await cp(dirname(program), folder, { recursive: true });
  const chunks = (await readdir(folder)).map((name) => join(folder, name));
  const texts = await Promise.all(chunks.map((chunk) => readFile(chunk, 'utf8')));
  expect(texts.filter((text) => text.includes(`"${here}"`))).toHaveLength(1);
  for (const [i, text] of texts.entries()) {
    await writeFile(chunks[i] as string, text.replaceAll(`"${here}"`, `"${version}"`));
  }
  // What a build does by naming its files by their content.
  await appendFile(join(folder, 'forebay.mjs'), `// ${version}`);
  return new Home(home.folder, {}, join(folder, 'forebay.mjs'));
}

interface Running {
  pid: number;
  version: string;
}

test('front ends of different versions share one daemon: the newest runs, older ones use it', async () => {
  const home = await newHome();
  homes.push(home);
  const old = await release(home, '0.0.9');
  const newer = await release(home, '0.9.0');

  const first = await old.json<Running>('up');
  expect(first.version).toBe('0.0.9');
  const second = await newer.json<Running>('up');
  expect(second.version).toBe('0.9.0');
  expect(second.pid).not.toBe(first.pid);
  expect(hasEnded(first.pid)).toBe(true);
  const again = await old.json<Running>('up');
  expect(again).toMatchObject({ pid: second.pid, version: '0.9.0' });
});

test('many front ends that start at once get one daemon', async () => {
  const home = await newHome();
  homes.push(home);
  const answers = await Promise.all(Array.from({ length: 8 }, () => home.json<Running>('status')));
  expect(new Set(answers.map((answer) => answer.pid)).size).toBe(1);
});
