import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newRuns } from '../testing.ts';
import { mlflowApp } from './app.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fb-parts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** As a daemon that starts at `now`. */
const start = async (now: number) => {
  const app = mlflowApp(
    { db: await newRuns(), folder, now: () => now, changed: () => {}, heard: () => {} },
    async (_, next) => next(),
    () => {},
  );
  return async (verb: string, body: object) => {
    const path = `/api/2.0/mlflow-artifacts/mpu/${verb}/0/run`;
    const answer = await app.request(path, { method: 'POST', body: JSON.stringify(body) });
    const json = (await answer.json()) as { upload_id: string; error_code?: string };
    return { status: answer.status, ...json };
  };
};
const left = () => readdir(join(folder, 'uploads'));

test('a name that no file system takes is refused, not failed at', async () => {
  const ask = await start(Date.now());
  const path = 'n'.repeat(300);
  const { upload_id } = await ask('create', { path, num_parts: 0 });
  const answer = await ask('complete', { path, upload_id, parts: [] });
  expect(answer).toMatchObject({ status: 400, error_code: 'INVALID_PARAMETER_VALUE' });
  expect((await ask('abort', { path, upload_id })).status).toBe(200);
  expect(await left()).toEqual([]);
});

test('what nobody went on with for a day is gone once a daemon starts', async () => {
  await (await start(Date.now()))('create', { path: 'a', num_parts: 2 });
  expect(await left()).toHaveLength(1);
  await start(Date.now() + 25 * 3_600_000);
  await expect.poll(left, { timeout: 10_000 }).toEqual([]);
});
