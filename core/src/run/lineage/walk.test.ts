import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Lineage } from '../../api/index.ts';
import { addInputs } from '../data/inputs.ts';
import { addOutput } from '../data/outputs.ts';
import { forebaySource } from '../data/versionInput.ts';
import { addModels, createModel } from '../model/models.ts';
import { readRun, setRunStage } from '../runs.ts';
import type { RunDatabase } from '../store/open.ts';
import { newRun, newRuns } from '../testing.ts';
import { topArtifacts } from './artifacts.ts';
import { versionId } from './nodes.ts';
import { findModelNode, findRunNode, rememberedVersion } from './start.ts';
import { readLineage } from './walk.ts';

let db: RunDatabase;
let folder: string;
beforeEach(async () => {
  db = await newRuns();
  folder = await mkdtemp(path.join(tmpdir(), 'fb-lineage-'));
});
afterEach(async () => {
  await db.destroy();
  await rm(folder, { recursive: true });
});

const digestOf = (text: string) => `sha256:${Buffer.from(text.padEnd(32, '.')).toString('hex')}`;
const reach = { up: 3, down: 3, most: 25 };

async function reads(runId: string, name: string, content: string, version = 1): Promise<void> {
  const source = JSON.stringify({ ref: `${name}@v${version}`, version, cache: 'local' });
  const dataset = {
    name,
    digest: digestOf(content),
    sourceType: forebaySource,
    source,
    schema: null,
    profile: null,
  };
  await addInputs(db, await readRun(db, runId), [{ tags: [], dataset }]);
}

const makes = (run_id: string, name: string, content: string, version = 1) =>
  addOutput(db, {
    ...{ run_id, dataset_id: `id-of-${name}`, name, version, digest: digestOf(content) },
    ...{ files: 1, bytes: 10, made: 5000 },
  });

async function version(name: string, content: string) {
  const found = await rememberedVersion(db, name, ({ digest }) => digest === digestOf(content));
  if (!found) throw new Error(`No run knows ${name}.`);
  return found;
}

/** `from -> to`, by names. */
function arrows({ nodes, edges }: Lineage): string[] {
  const names = new Map(nodes.map((node) => [node.id, node.kind === 'artifact' ? node.path : node.name]));
  return edges.map(({ from, to }) => `${names.get(from)} -> ${names.get(to)}`).sort();
}

async function chain(): Promise<{ prep: string; train: string }> {
  const prep = await newRun(db, 'prep');
  const train = await newRun(db, 'train');
  await reads(prep, 'raw', 'r');
  await makes(prep, 'features', 'f');
  await reads(train, 'features', 'f');
  return { prep, train };
}

test('a version leads up to what it was made from and down to what came of it', async () => {
  const { prep, train } = await chain();
  const model = await createModel(
    db,
    { experimentId: '0', name: 'net', sourceRunId: train, params: [], tags: [] },
    1,
  );
  const judge = await newRun(db, 'judge');
  await addModels(db, judge, 'input', [{ id: model.id, step: 0 }]);
  const found = await readLineage({ db, folder }, await version('features', 'f'), reach);
  expect(arrows(found)).toEqual([
    'features -> train',
    'net -> judge',
    'prep -> features',
    'raw -> prep',
    'train -> net',
  ]);
  expect(found.more).toEqual([]);
  expect(arrows(await readLineage({ db, folder }, await findModelNode(db, model.id), reach))).toContain(
    'prep -> features',
  );
  expect(arrows(await readLineage({ db, folder }, await findRunNode(db, prep), reach))).toHaveLength(4);
});

test('it goes as far as asked, and tells where there is more', async () => {
  const { train } = await chain();
  const found = await readLineage({ db, folder }, await findRunNode(db, train), { ...reach, up: 1 });
  expect(arrows(found)).toEqual(['features -> train']);
  expect(found.more).toEqual([{ of: versionId('features', digestOf('f')), direction: 'up', count: 1 }]);
});

test('ten thousand runs of one version answer at once, the newest first, and the rest is counted', async () => {
  await reads(await newRun(db), 'raw', 'r');
  const { id: dataset } = await db.selectFrom('dataset').select('id').executeTakeFirstOrThrow();
  await db.transaction().execute(async (within) => {
    for (let i = 0; i < 10_000; i++) {
      const id = i.toString(16).padStart(32, '0');
      const row = {
        experiment_id: '0',
        user: 'u',
        status: 'FINISHED',
        stage: 'active',
      } as const;
      const times = { start_time: 10_000 + i, end_time: 20_000 + i };
      await within
        .insertInto('run')
        .values({ id, name: `run ${i}`, artifact_uri: 'elsewhere:/', ...row, ...times })
        .execute();
      await within.insertInto('input').values({ run_id: id, dataset_id: dataset, tags: '[]' }).execute();
    }
  });
  const start = await version('raw', 'r');
  const began = performance.now();
  const found = await readLineage({ db, folder }, start, reach);
  // 30 ms on two cores; a query for each of the runs would take seconds.
  expect(performance.now() - began).toBeLessThan(1000);
  expect(found.nodes).toHaveLength(26);
  expect(found.nodes[1]).toMatchObject({ kind: 'run', name: 'run 9999' });
  expect(found.more).toEqual([{ of: start.id, direction: 'down', count: 9976 }]);
}, 60_000);

test('a run that makes again what it read is no endless way', async () => {
  const run = await newRun(db, 'same');
  await reads(run, 'raw', 'r');
  await makes(run, 'raw', 'r', 2);
  const found = await readLineage({ db, folder }, await version('raw', 'r'), reach);
  expect(arrows(found)).toEqual(['raw -> same', 'same -> raw']);
});

test('what a run left is told by file and folder at the top, without what Forebay keeps of it', async () => {
  const run = await newRun(db);
  const top = path.join(folder, 'artifacts', '0', run, 'artifacts');
  await mkdir(path.join(top, 'plots', 'deep'), { recursive: true });
  await mkdir(path.join(top, 'forebay'));
  await writeFile(path.join(top, 'forebay', 'code.diff'), 'x');
  await writeFile(path.join(top, 'plots', 'deep', 'a'), '12345');
  await writeFile(path.join(top, 'plots', 'b'), '678');
  await writeFile(path.join(top, 'm\n.bin'), '12');
  const { nodes } = await readLineage({ db, folder }, await findRunNode(db, run), reach);
  expect(nodes.slice(1)).toMatchObject([
    { kind: 'artifact', path: 'm\n.bin', folder: false, bytes: 2 },
    { kind: 'artifact', path: 'plots', folder: true, bytes: 8 },
  ]);
});

test('a folder of more files than anybody waits for is named without its size', async () => {
  const run = await newRun(db);
  const top = path.join(folder, 'artifacts', '0', run, 'artifacts', 'many');
  await mkdir(top, { recursive: true });
  for (const name of ['a', 'b', 'c']) await writeFile(path.join(top, name), 'x');
  const { artifact_uri } = await readRun(db, run);
  const bytesWith = async (files: number) =>
    (await topArtifacts(folder, { id: run, artifact_uri }, { files })).map(({ bytes }) => bytes);
  expect([await bytesWith(3), await bytesWith(2)]).toEqual([[3], [null]]);
});

test('a dataset that is not one of Forebay is named as its script named it', async () => {
  const run = await newRun(db, 'own');
  const dataset = {
    name: "x'; drop table run; --",
    digest: 'abc',
    sourceType: 'http',
    source: '{',
    schema: null,
    profile: null,
  };
  await addInputs(db, await readRun(db, run), [{ tags: [], dataset }]);
  const { nodes } = await readLineage({ db, folder }, await findRunNode(db, run), reach);
  expect(nodes[1]).toMatchObject({ kind: 'version', name: dataset.name, version: null, state: 'foreign' });
});

test('a run in the bin still tells where a version came from', async () => {
  const { prep } = await chain();
  await setRunStage(db, prep, 'deleted');
  const { nodes } = await readLineage({ db, folder }, await version('features', 'f'), reach);
  expect(nodes.find(({ id }) => id === prep)).toMatchObject({ deleted: true });
});

test('an output is kept once, and none of a run that is not there', async () => {
  const run = await newRun(db);
  expect([await makes(run, 'a', 'a'), await makes(run, 'a', 'a')]).toEqual([true, true]);
  expect(await makes('f'.repeat(32), 'a', 'a')).toBe(false);
  expect(await db.selectFrom('output').selectAll().execute()).toHaveLength(1);
});
