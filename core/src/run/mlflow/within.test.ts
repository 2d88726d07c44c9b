import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createExperiment } from '../experiments.ts';
import { createRun } from '../runs.ts';
import type { RunDatabase } from '../store/open.ts';
import { setTags } from '../tags.ts';
import { newRun, newRuns } from '../testing.ts';
import { mlflowApp } from './app.ts';

let folder: string;
let db: RunDatabase;
let app: ReturnType<typeof mlflowApp>;
let own: string;
let inner: string;
let other: string;
let placed: string;

const artifacts = '/api/2.0/mlflow-artifacts/artifacts';
/** Asked with the token of the run `own`, or with nobody's. */
const ask = async (method: string, path: string, body?: string, within: string | undefined = own) => {
  const answer = await app.request(path, {
    method,
    headers: within ? { within } : {},
    ...(body ? { body } : {}),
  });
  const text = await answer.text();
  const code = answer.ok ? undefined : (JSON.parse(text) as { error_code: string }).error_code;
  return [answer.status, code];
};
const allowed = [200, undefined];
const refused = [403, 'PERMISSION_DENIED'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fb-within-'));
  db = await newRuns();
  app = mlflowApp(
    { db, folder, now: () => 1, changed: () => {}, heard: () => {} },
    async (c, next) => {
      c.set('within', c.req.header('within'));
      await next();
    },
    () => {},
  );
  [own, inner, other] = [await newRun(db), await newRun(db), await newRun(db)];
  await setTags(db, inner, [{ key: 'mlflow.parentRunId', value: own }]);
  const location = 'mlflow-artifacts:/team/artifacts/x';
  const experimentId = await createExperiment(db, { name: 'placed', artifactLocation: location }, 1);
  placed = (await createRun(db, { experimentId }, 1)).id;
});
afterAll(async () => {
  await db.destroy();
  await rm(folder, { recursive: true, force: true });
});

test("a run's token writes its own artifacts and those of runs below it", async () => {
  for (const id of [own, inner]) {
    expect(await ask('PUT', `${artifacts}/0/${id}/artifacts/a.txt`, 'x')).toEqual(allowed);
    expect(await ask('DELETE', `${artifacts}/0/${id}/artifacts/a.txt`)).toEqual(allowed);
  }
});

test("not those of another run, wherever they lie, nor what holds several runs' artifacts", async () => {
  const theirs = `${artifacts}/0/${other}/artifacts/a.txt`;
  const apart = `${artifacts}/team/artifacts/x/${placed}/artifacts/a.txt`;
  for (const path of [theirs, apart]) expect(await ask('PUT', path, 'x', '')).toEqual(allowed);
  for (const path of [
    theirs,
    apart,
    `${artifacts}/0/${other}/artifacts`,
    `${artifacts}/0/${other}`,
    `${artifacts}/0`,
    `${artifacts}/team`,
    `${artifacts}/elsewhere/a.txt`,
    `${artifacts}/1/${own}/artifacts/a.txt`,
  ]) {
    expect(await ask('PUT', path, 'y'), path).toEqual(refused);
    expect(await ask('DELETE', path), path).toEqual(refused);
  }
  expect(existsSync(join(folder, 'artifacts', '0', other, 'artifacts', 'a.txt'))).toBe(true);
  const upload = `/ajax-api/2.0/mlflow/upload-artifact?run_uuid=${other}&path=a.txt`;
  expect(await ask('POST', upload, 'y')).toEqual(refused);
  expect(await ask('POST', upload.replace(other, own), 'y')).toEqual(allowed);
});

test("a model's artifacts are written by the run that made it", async () => {
  const model = {
    ...({
      experiment_id: '0',
      name: 'm',
      type: '',
      status: 'LOGGED_MODEL_PENDING',
      stage: 'active',
    } as const),
    ...{ created: 1, updated: 1 },
  };
  for (const [id, source_run_id] of [
    ['m-own', inner],
    ['m-other', other],
  ] as const) {
    const artifact_uri = `mlflow-artifacts:/0/models/${id}/artifacts`;
    await db
      .insertInto('model')
      .values({ ...model, id, source_run_id, artifact_uri })
      .execute();
  }
  expect(await ask('PUT', `${artifacts}/0/models/m-own/artifacts/w.bin`, 'x')).toEqual(allowed);
  expect(await ask('PUT', `${artifacts}/0/models/m-other/artifacts/w.bin`, 'x')).toEqual(refused);
});

test('a path that makes no sense is refused as such first', async () => {
  expect(await ask('PUT', `${artifacts}/0/${own}/artifacts/a%2F..%2F..%2Fb`, 'x')).toEqual([
    400,
    'INVALID_PARAMETER_VALUE',
  ]);
});

test('a file in parts is begun in its own artifacts only', async () => {
  const begin = (id: string) =>
    ask(
      'POST',
      `/api/2.0/mlflow-artifacts/mpu/create/0/${id}/artifacts`,
      JSON.stringify({ path: 'a.bin', num_parts: 2 }),
    );
  expect(await begin(own)).toEqual(allowed);
  expect(await begin(other)).toEqual(refused);
});
