import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { node, outcome } from '../support/home.ts';
import { compare, findPeers, inTurn, reasonOf } from './compare.ts';
import { pathOf } from './data/files.ts';
import { assertSameTree } from './data/sameTree.ts';
import { works } from './measure/sample.ts';
import { find } from './peers/find.ts';
import { percentile } from './peers/forebay/answer.ts';
import type { Peer } from './peers/peer.ts';
import type { Results } from './report/results.ts';
import { Store } from './store.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fb-bench-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const bench = (...args: string[]) =>
  outcome(spawn(node, [join(import.meta.dirname, 'bench.ts'), ...args, '--out', folder]));

test('the benchmark runs from end to end, every figure there, every result checked', async () => {
  const peers = ['forebay', 'raw', 's5cmd', 'tar', 'cp', 'find'];
  const ran = await bench('--quick', '--files', '300', '--peers', peers.join());
  expect([ran.code, ran.stderr]).toEqual([0, '']);
  const { comparisons } = JSON.parse(await readFile(join(folder, 'bench.json'), 'utf8')) as Results;
  const [made] = comparisons;
  expect(made).toMatchObject({ setting: 'small 300', rounds: 1, missing: [] });
  const samples = made?.samples ?? [];
  expect(new Set(samples.map(({ peer }) => peer))).toEqual(new Set([...peers, 'tar-flushed']));
  const ours = samples.filter(({ peer }) => peer === 'forebay');
  expect(new Set(ours.map(({ work }) => work))).toEqual(new Set(works));
  expect(samples.every(({ value }) => value > 0)).toBe(true);
  const page = await readFile(join(folder, 'bench.md'), 'utf8');
  expect(page).not.toMatch(/NaN|undefined|Infinity/);
  expect(await readFile(join(folder, 'bench.svg'), 'utf8')).toContain('64 MiB objects');
}, 240_000);

test('growth measures Forebay alone at each size', async () => {
  const ran = await bench('--grow', '--files', '50,200', '--only', 'sync,fill');
  expect([ran.code, ran.stderr]).toEqual([0, '']);
  const { growth, comparisons } = JSON.parse(await readFile(join(folder, 'bench.json'), 'utf8')) as Results;
  expect(growth?.steps.map(({ files }) => files.count)).toEqual([50, 200]);
  expect(comparisons).toHaveLength(1);
}, 240_000);

test('what Forebay promises alone is measured and judged', async () => {
  for (const promise of ['history:12', 'large-file:40e6', 'compression-folder:30']) {
    expect(await bench('--alone', promise)).toMatchObject({ code: 0, stderr: '' });
  }
  const { alone } = JSON.parse(await readFile(join(folder, 'bench.json'), 'utf8')) as Results;
  expect(alone.map(({ id, lines }) => [id, lines.length])).toEqual([
    ['history', 4],
    ['large-file', 5],
    ['compression-folder', 5],
  ]);
  expect(await readFile(join(folder, 'bench.md'), 'utf8')).toContain('| uploaded for it |');
}, 240_000);

test('who fails is named, and the others are measured all the same', async () => {
  const broken: Peer = {
    id: 'cp',
    does: ['next'],
    find: async () => ({
      version: '1',
      run: async ({ sources, stopwatch, folder }) => {
        await stopwatch.time('next', (run) => run('cp', ['-r', sources.folder, join(folder, 'copy')]));
        await writeFile(join(folder, 'copy', pathOf(3)), 'other bytes');
        assertSameTree(sources.folder, join(folder, 'copy'));
      },
    }),
  };
  const at = join(folder, 'failing');
  await mkdir(at);
  const store = await Store.start(null);
  try {
    const settings = { setting: 'x', files: { count: 20, min: 10, max: 20 }, rounds: 1, profile: null };
    const made = await compare(
      { ...settings, peers: [broken, find], only: ['next', 'unchanged'] },
      store,
      at,
    );
    expect(made.failed).toMatchObject([
      { peer: 'cp', reason: expect.stringMatching(/000003.bin .* differs/) },
    ]);
    expect(new Set(made.samples.map(({ peer }) => peer))).toEqual(new Set(['find']));
  } finally {
    await store.stop();
  }
});

test('a peer that is missing is named with the reason', async () => {
  const tool = { version: '1', run: async () => {} };
  const peer = (id: Peer['id'], find: Peer['find']): Peer => ({ id, does: ['sync'], find });
  const there = peer('tar', async () => tool);
  const gone = peer('restic', async () => {
    throw new Error('apt has no restic.');
  });
  expect(await findPeers([there, gone])).toEqual({
    found: [{ peer: there, tool }],
    missing: [{ peer: 'restic', reason: 'apt has no restic.' }],
  });
});

test('a reason names no folder of this machine', () => {
  expect(reasonOf(new Error('/home/ann/bin/dvc push -> 1\nTraceback'))).toBe('dvc push -> 1');
  expect(reasonOf(new Error('part-1/a.bin in /tmp/x/copy differs.'))).toBe('part-1/a.bin in copy differs.');
});

test('another one begins each round', () => {
  expect([0, 1, 2, 3].map((round) => inTurn(['a', 'b', 'c'], round).join(''))).toEqual([
    'abc',
    'bca',
    'cab',
    'abc',
  ]);
});

test('99 of 100 answers are no later than the 99th percentile', () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect(percentile(values, 0.99)).toBe(99);
  expect(percentile([5], 0.99)).toBe(5);
});
