import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newRun, newRuns } from '../testing.ts';
import { mlflowApp } from './app.ts';

let folder: string;
let app: ReturnType<typeof mlflowApp>;
let id: string;

const api = '/api/2.0/mlflow';
const artifacts = '/api/2.0/mlflow-artifacts/artifacts';
const ask = (method: string, path: string, body?: unknown) =>
  app.request(path, { method, body: typeof body === 'string' ? body : JSON.stringify(body) });
const refusalOf = async (answer: Response) =>
  (await answer.json()) as { error_code: string; message: string };
const many = <T>(count: number, one: (nth: number) => T) =>
  Array.from({ length: count }, (_, nth) => one(nth));
const where = (filter: string) => ({ experiment_ids: ['0'], filter, max_results: 5 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fb-mistakes-'));
  const db = await newRuns();
  const tracking = { db, folder, now: () => 1, changed: () => {}, heard: () => {} };
  app = mlflowApp(
    tracking,
    async (_, next) => next(),
    () => {},
  );
  id = await newRun(db);
  await ask('POST', `${api}/runs/log-parameter`, { run_id: id, key: 'a', value: 'aaaa' });
  await ask('PUT', `${artifacts}/0/${id}/artifacts/a.txt`, 'x');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const like = `LIKE '${'%a'.repeat(30_000)}'`;
const clauses = (count: number) => many(count, () => "params.a = 'x'").join(' and ');

test.each([
  ['a text of 60,000 letters', 'runs/search', where(`params.a ${like}`)],
  ['1,500 conditions of runs', 'runs/search', where(clauses(1500))],
  ['20,000 conditions', 'runs/search', where(clauses(20_000))],
  [
    '1,500 conditions of experiments',
    'experiments/search',
    where(clauses(1500).replaceAll('params', 'tags')),
  ],
  ['1,500 conditions of models', 'logged-models/search', where(clauses(1500))],
  ['3,000 orders', 'runs/search', { ...where(''), order_by: many(3000, (nth) => `metrics.a${nth}`) }],
])('a search with %s is refused, with what is too much', async (_, path, body) => {
  const answer = await ask('POST', `${api}/${path}`, body);
  expect([answer.status, (await refusalOf(answer)).error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
});

test.each([
  ['ids', 'runs/search', where(`run_id IN (${many(40_000, (nth) => `'${nth}'`).join(',')})`)],
  ['experiments of runs', 'runs/search', { experiment_ids: many(40_000, String) }],
  ['experiments of models', 'logged-models/search', { experiment_ids: many(40_000, String) }],
])('40,000 %s can be searched at once', async (_, path, body) => {
  expect((await ask('POST', `${api}/${path}`, body)).status).toBe(200);
});

const long = 'x'.repeat(300);
test.each([
  ['PUT', `artifacts/${long}`, 'too long'],
  ['PUT', 'artifacts/a.txt/b', 'a file stands'],
  ['PUT', 'artifacts', 'a folder of that name'],
  ['DELETE', 'artifacts/a.txt/b', 'a file stands'],
  ['DELETE', `artifacts/${long}`, 'too long'],
])(
  '%s of an artifact that no disk takes is refused with the reason, and no path of this machine',
  async (method, at, why) => {
    const answer = await ask(method, `${artifacts}/0/${id}/${at}`, method === 'PUT' ? 'x' : undefined);
    const { error_code, message } = await refusalOf(answer);
    expect([answer.status, error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(message).toContain(why);
    expect(message).not.toContain(folder);
  },
);
