import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listUses } from '../notebook/list.ts';
import { notebookId, recordUses } from '../notebook/record.ts';
import { startRun } from '../start.ts';
import type { RunDatabase } from '../store/open.ts';
import { newRuns } from '../testing.ts';
import { findNotebookNode } from './notebooks.ts';
import { findRunNode, rememberedVersion } from './start.ts';
import { readLineage } from './walk.ts';

let db: RunDatabase;
beforeEach(async () => {
  db = await newRuns();
});
afterEach(() => db.destroy());

const notebook = { path: '/home/ana/first look.ipynb', host: 'hall', user: 'ana' };
const raw = { name: 'raw', version: 3, digest: `sha256:${'a'.repeat(64)}` };
const reach = { up: 3, down: 3, most: 25 };

async function startedIn(path: string, when: number, version = raw): Promise<string> {
  const request = { user: 'ana', command: ['x.ipynb'], folder: '/', host: 'hall', pid: 1 };
  const datasets = [{ ...version, cache: 'local' }];
  const tracking = { db, folder: '/', now: () => when, changed: () => {}, heard: () => {} };
  const run = await startRun(tracking, { ...request, name: `run in ${path}`, datasets });
  await recordUses(db, { ...notebook, path }, { versions: [version], by: 'run', run }, when);
  return run;
}

const known = async (version = raw) => {
  const found = await rememberedVersion(db, 'raw', ({ digest }) => digest === version.digest);
  if (!found) throw new Error('Nobody knows raw.');
  return found;
};

test('a version leads to the notebooks that used it and to the runs that read it', async () => {
  const run = await startedIn(notebook.path, 2000);
  const found = await readLineage({ db, folder: '/' }, await known(), reach);
  const id = notebookId(notebook);
  expect(found.edges).toEqual([
    { from: found.of, to: id },
    { from: found.of, to: run },
  ]);
  expect(found.more).toEqual([]);
  expect(found.nodes[1]).toEqual({
    ...{ kind: 'notebook', id, name: 'first look.ipynb', ...notebook },
    last: '1970-01-01T00:00:02.000Z',
  });
});

test('no way leads through a notebook, which used many versions and started many runs', async () => {
  const newer = { ...raw, version: 4, digest: `sha256:${'b'.repeat(64)}` };
  const onOlder = await startedIn(notebook.path, 1000);
  const onNewer = await startedIn(notebook.path, 2000, newer);
  const id = notebookId(notebook);
  const down = await readLineage({ db, folder: '/' }, await known(newer), reach);
  expect(down.nodes.map((node) => node.id)).toEqual([down.of, id, onNewer]);
  const up = await readLineage({ db, folder: '/' }, await findRunNode(db, onOlder), reach);
  expect(up.nodes.slice(1).map((node) => node.id)).toEqual([(await known()).id, id]);
  expect(up.more).toEqual([]);
});

test('a notebook itself leads up to all that it used and down to all that was started in it', async () => {
  const run = await startedIn(notebook.path, 1000);
  const start = await findNotebookNode(db, notebookId(notebook));
  const { edges } = await readLineage({ db, folder: '/' }, start, reach);
  expect(edges).toContainEqual({ from: start.id, to: run });
  expect(edges).toContainEqual({ from: (await known()).id, to: start.id });
});

test('a notebook that used much and started many runs is found at once', async () => {
  const run = await startedIn(notebook.path, 2000);
  const id = notebookId(notebook);
  const numbers = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 4000)`;
  await sql`insert into notebook_use (notebook_id, name, version, digest, "by", first, last, times)
    ${numbers} select ${id}, 'many', i, i, 'mount', i, i, 1 from n`.execute(db);
  const columns = sql.raw('experiment_id, name, "user", status, start_time, end_time, stage, artifact_uri');
  await sql`insert into run (id, ${columns}) ${numbers} select 'run' || i, ${columns} from n, run where id = ${run}`.execute(
    db,
  );
  await sql`insert into notebook_run (notebook_id, run_id, started) ${numbers} select ${id}, 'run' || i, i from n`.execute(
    db,
  );
  const begun = performance.now();
  expect((await findNotebookNode(db, id)).last).toBe('1970-01-01T00:00:04.000Z');
  // To pair every use with every run takes four seconds.
  expect(performance.now() - begun).toBeLessThan(2000);
});

test('however many notebooks used a version, its runs are shown too', async () => {
  for (let i = 0; i < 30; i++) await startedIn(`/home/ana/${i}.ipynb`, 1000 + i);
  const { nodes } = await readLineage({ db, folder: '/' }, await known(), { up: 0, down: 1, most: 10 });
  expect(nodes.filter(({ kind }) => kind === 'run')).toHaveLength(5);
});

test('a notebook that only looked leads up to what it used and down to nothing', async () => {
  await recordUses(db, notebook, { versions: [raw], by: 'mount' }, 1000);
  const found = await readLineage(
    { db, folder: '/' },
    await findNotebookNode(db, notebookId(notebook)),
    reach,
  );
  expect(found.edges).toHaveLength(1);
  expect(found.nodes[1]).toMatchObject({ kind: 'version', name: 'raw', version: 3, state: 'unknown' });
  expect(found.more).toEqual([]);
});

test('what is used again is one use, counted, and told as new only the first time', async () => {
  expect(await recordUses(db, notebook, { versions: [raw], by: 'mount' }, 1000)).toEqual(['raw']);
  expect(await recordUses(db, { ...notebook, user: 'ben' }, { versions: [raw], by: 'open' }, 5000)).toEqual(
    [],
  );
  await recordUses(db, { ...notebook, host: 'other' }, { versions: [raw], by: 'mount' }, 9000);
  const uses = await listUses(db, 'raw');
  expect(uses.map(({ host, user, by, times }) => [host, user, by, times])).toEqual([
    ['other', 'ana', 'mount', 1],
    ['hall', 'ben', 'open', 2],
  ]);
  expect(await listUses(db, 'raw', 4)).toEqual([]);
});

test('more notebooks than are shown are counted beside the runs', async () => {
  for (let i = 0; i < 30; i++) await startedIn(`/home/ana/${i}.ipynb`, 1000 + i);
  const found = await readLineage({ db, folder: '/' }, await known(), { up: 0, down: 1, most: 10 });
  expect(found.nodes).toHaveLength(11);
  expect(found.nodes[1]).toMatchObject({ kind: 'notebook', name: '29.ipynb' });
  expect(found.more).toContainEqual({ of: found.of, direction: 'down', count: 50 });
});

test('a run that is not there is refused, and nothing is kept', async () => {
  const wrong = recordUses(db, notebook, { versions: [raw], by: 'run', run: 'f'.repeat(32) }, 1000);
  await expect(wrong).rejects.toThrow('not found');
  expect(await listUses(db, 'raw')).toEqual([]);
});

test('a Windows path has a name too', async () => {
  await recordUses(db, { ...notebook, path: 'C:\\work\\a.ipynb' }, { versions: [raw], by: 'mount' }, 1);
  expect((await listUses(db, 'raw'))[0]).toMatchObject({ name: 'a.ipynb' });
});
