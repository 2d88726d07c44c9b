import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lineage, LineageNode, LineageRun, LineageVersion, Run } from '../../core/src/api/schemas.ts';
import { write } from '../cli/support.ts';
import { type Home, newHome, node, root } from '../support/home.ts';

let home: Home;
let features: string;
beforeAll(async () => {
  home = await newHome();
  const raw = await write(home.path('raw'), { 'a.txt': 'one' });
  await home.json('-C', raw, 'data', 'init', 'raw');
  await home.json('-C', raw, 'data', 'sync');
  features = await write(home.path('features'), {});
  await write(features, { 'kept.txt': 'kept' });
  await home.json('-C', features, 'data', 'init', 'features');
});
afterAll(() => home?.remove());

const forebay = () => `"${node}" "${home.program}"`;
const sync = () => `${forebay()} -C "${features}" data sync`;
const lineage = (...args: string[]) => home.json<Lineage>('lineage', ...args);
const versions = ({ nodes }: Lineage) =>
  nodes.filter((each): each is LineageVersion => each.kind === 'version');
const runs = ({ nodes }: Lineage) => nodes.filter((each): each is LineageRun => each.kind === 'run');
const named = (nodes: readonly LineageNode[]) =>
  nodes.map((each) => (each.kind === 'artifact' ? each.path : each.name));

async function run(name: string, data: string, script: string): Promise<Run> {
  const said = await home.run('run', '--data', data, '--name', name, '--', 'sh', '-c', script);
  expect(said.code, said.stderr).toBe(0);
  return (await home.json<Run[]>('runs', 'ls', '--last', '1'))[0] as Run;
}

test('a version that is synced within a run is tied to it, and a person sees where it came from', async () => {
  const copy = `cp $FOREBAY_PATH/a.txt "${features}/b.txt" && ${sync()}`;
  await run(
    'prep',
    'raw',
    `${copy}; mkdir $FOREBAY_OUTPUT/plots; echo 12345 > $FOREBAY_OUTPUT/plots/loss.svg`,
  );
  await run('train', 'features', 'true');
  const said = await home.run('lineage', 'features');
  expect(said.stdout.replaceAll(/ {2}\d.*| {2}finished.*/g, '')).toBe(
    ['   ┌─ raw@v1', '┌─ run prep', '● features@v1', '└─ run train', ''].join('\n'),
  );
  expect((await home.run('lineage', 'raw')).stdout).toMatch(/├─ features@v1[\s\S]*└─ plots\/ {2}6 B\n$/);
  const found = await lineage('prep');
  expect(named(found.nodes)).toEqual(['prep', 'raw', 'features', 'plots', 'train']);
  expect(versions(found)).toMatchObject([
    { name: 'raw', version: 1, state: 'there', files: 1, bytes: 3 },
    { name: 'features', version: 1, state: 'there', files: 2, bytes: 7 },
  ]);
});

test('what was there before a run is not its own', async () => {
  await run('again', 'raw', sync());
  expect(named((await lineage('again', '--up', '0')).nodes)).toEqual(['again']);
});

test('a sync outside of runs, or with the id of one that is not here, makes a version all the same', async () => {
  await write(features, { 'c.txt': 'by hand' });
  const env = { FOREBAY_RUN_ID: 'f'.repeat(32) };
  const child = home.spawn(['-C', features, 'data', 'sync'], { env });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(0);
  const said = await home.run('lineage', 'features@v2');
  expect(said.stdout).toMatch(/^● features@v2 .*\nNo run has read or made it\.\n$/);
});

test('a block of a notebook counts as a run does', async () => {
  const script = [
    'import forebay, subprocess',
    `with forebay.run("block", data="raw"):`,
    `    open(${JSON.stringify(join(features, 'd.txt'))}, "w").write("from Python")`,
    `    subprocess.run(${JSON.stringify([node, home.program, '-C', features, 'data', 'sync'])}, check=True)`,
  ].join('\n');
  const PYTHONPATH = join(root, 'jupyterlab-ext', 'kernel');
  execFileSync('python3', ['-c', script], {
    cwd: home.folder,
    env: { ...home.env, PYTHONPATH },
    stdio: 'pipe',
  });
  expect(named((await lineage('features@v3')).nodes)).toEqual(['features', 'block', 'raw']);
});

test('it reaches as far as asked, and counts the rest', async () => {
  const found = await lineage('raw', '--down', '1', '--most', '1');
  expect(runs(found).map(({ name }) => name)).toEqual(['block']);
  expect(found.more).toEqual([
    { of: found.of, direction: 'down', count: 2 },
    { of: runs(found)[0]?.id, direction: 'down', count: 1 },
  ]);
  expect((await home.run('lineage', 'raw', '--down', '1', '--most', '1')).stdout).toMatch(
    /└─ \.\.\. 2 more\n$/,
  );
});

test('a version that was removed keeps its past, also without its dataset and in a database made anew', async () => {
  await home.json('cache', 'rm', 'features@v1');
  await home.json('data', 'rm', 'features@v1');
  const found = await lineage('features@v1');
  expect(named(found.nodes)).toEqual(['features', 'prep', 'raw', 'train']);
  expect(versions(found)[0]).toMatchObject({ version: 1, state: 'removed' });
  expect((await home.run('lineage', 'train')).stdout).toContain('features@v1  2 files, 7 B, removed');
  await home.json('data', 'rm', 'features', '--all-versions');
  await home.run('down');
  await home.run('up', '--rebuild');
  const after = await lineage('features@v1');
  expect(named(after.nodes)).toEqual(['features', 'prep', 'raw', 'train']);
  expect(versions(after)[0]).toMatchObject({ state: 'removed', files: 2 });
  const digest = versions(after)[0]?.digest.replace(':', '-').slice(0, 20);
  expect((await lineage(`features@${digest}`)).of).toBe(after.of);
});

test.each([
  [['nothing'], 1, "There is no run 'nothing'"],
  [['raw@v9'], 1, "raw@v9 doesn't exist"],
  [['f'.repeat(32)], 1, 'not found'],
  [['raw', '--down', '21'], 2, 'not a number from 0 to 20'],
  [[], 2, 'Missing required argument'],
])('forebay lineage %j is refused in a sentence', async (args, code, says) => {
  const said = await home.run('lineage', ...args);
  expect([said.code, said.stderr]).toEqual([code, expect.stringContaining(says)]);
});
