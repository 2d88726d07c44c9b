import { mkdir, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint, generate } from '../support/data/tree.ts';
import { type Home, newHome } from '../support/home.ts';

let home: Home;
beforeEach(async () => {
  home = await newHome();
});
afterEach(() => home.remove());

interface LogLine {
  version: number;
  parents: number[];
  message: string;
}

test('two working copies sync at once: one wins, the other learns who was first, pulls and syncs', async () => {
  const [a, b] = [home.path('a'), home.path('b')];
  await generate(a, { count: 300, min: 100, max: 5000 });
  await home.json('-C', a, 'data', 'init', 't');
  await home.json('-C', a, 'data', 'sync', '-m', 'start');
  await home.json('data', 'clone', 't', b);
  await writeFile(`${a}/from-a.txt`, 'a');
  await writeFile(`${b}/from-b.txt`, 'b');

  const tries = await Promise.all(
    [a, b].map((folder) => home.run('-C', folder, 'data', 'sync', '-m', `from ${folder}`, '--json')),
  );
  const winner = tries.findIndex((outcome) => outcome.code === 0);
  const loser = 1 - winner;
  expect(tries[winner]?.code).toBe(0);
  expect(tries[loser]?.code).toBe(1);
  const { error } = JSON.parse(tries[loser]?.stdout ?? '');
  expect(error.code).toBe('newer-version');
  expect(error.message).toContain('t@v2');
  expect(error.hint).toContain('pull');

  const folders = [a, b];
  const losing = folders[loser] ?? '';
  const pulled = await home.json<{ conflicts: string[] }>('-C', losing, 'data', 'pull');
  expect(pulled.conflicts).toEqual([]);
  await home.json('-C', losing, 'data', 'sync', '-m', 'both');

  const log = await home.json<LogLine[]>('data', 'log', 't');
  expect(log.map((line) => line.version)).toEqual([3, 2, 1]);
  expect((await home.run('data', 'verify', 't@v2')).code).toBe(0);
  expect((await home.run('data', 'verify', 't@v3')).code).toBe(0);
  await home.json('data', 'clone', 't@v3', home.path('c'));
  const both = await fingerprint(home.path('c'));
  expect(both).toEqual(await fingerprint(losing));
  expect(both.filter((line) => line.startsWith('from-'))).toHaveLength(2);
});

test('--replace makes the folder the next version whatever came between, and names what it leaves out', async () => {
  const [a, b] = [home.path('a'), home.path('b')];
  await mkdir(a);
  await writeFile(`${a}/one.txt`, '1');
  await home.json('-C', a, 'data', 'init', 't');
  await home.json('-C', a, 'data', 'sync');
  await home.json('data', 'clone', 't', b);
  await writeFile(`${a}/two.txt`, '2');
  await home.json('-C', a, 'data', 'sync');
  await writeFile(`${b}/three.txt`, '3');

  const replaced = await home.run('-C', b, 'data', 'sync', '--replace');
  expect(replaced.code).toBe(0);
  expect(`${replaced.stdout}${replaced.stderr}`).toContain('two.txt');
  await home.json('data', 'clone', 't@v3', home.path('c'));
  expect(await fingerprint(home.path('c'))).toEqual(await fingerprint(b));
});
