import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addInputs } from '../data/inputs.ts';
import { readRun, updateRun } from '../runs.ts';
import type { RunDatabase } from '../store/open.ts';
import { newRun, newRuns } from '../testing.ts';
import { backoff, Emitter } from './emitter.ts';
import { startEmission, stopEmission, viewEmission } from './queue.ts';

interface Sent {
  eventType: string;
  run: { runId: string };
}

let db: RunDatabase;
let folder: string;
let emitter: Emitter | undefined;
/** Milliseconds since the clock stood still: no try comes again before a test lets it. */
let later = 0;
const close: (() => void)[] = [];
beforeEach(async () => {
  db = await newRuns();
  folder = await mkdtemp(path.join(tmpdir(), 'fb-emit-'));
  later = 0;
});
afterEach(async () => {
  await emitter?.close();
  for (const end of close.splice(0)) end();
  await db.destroy();
  await rm(folder, { recursive: true });
});

function emit(key?: string): void {
  const began = Date.now();
  const now = () => began + later;
  const log = (error: unknown) => {
    throw error;
  };
  emitter = new Emitter({ db, folder, now, lake: async () => 's3://bucket', key, log, every: 50 });
  emitter.start();
}

/** A receiver that answers as `answers` say, then always 200. */
async function receiver(...answers: number[]) {
  const sent: Sent[] = [];
  const heads: IncomingMessage['headers'][] = [];
  const server = createServer(async (request, response) => {
    heads.push(request.headers);
    const status = answers.shift() ?? 200;
    const body = await new Response(request as unknown as ReadableStream).text();
    if (status === 200) sent.push(JSON.parse(body));
    response.writeHead(status, status >= 300 && status < 400 ? { Location: '/elsewhere' } : {});
    response.end(status === 200 ? '' : 'not now');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  close.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return { sent, heads, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events` };
}

const settled = { timeout: 8000, interval: 50 };
const types = (sent: readonly Sent[]) => sent.map(({ eventType }) => eventType);

test('each run sends its start and its end, in order, to an address', async () => {
  const { sent, heads, url } = await receiver();
  await startEmission(db, url, 0);
  emit('secret');
  const run = await newRun(db);
  await updateRun(db, run, { status: 'FINISHED', endTime: 2000 });
  await expect.poll(() => types(sent), settled).toEqual(['START', 'COMPLETE']);
  expect(heads[0]).toMatchObject({ authorization: 'Bearer secret', 'content-type': 'application/json' });
  expect(await viewEmission(db)).toMatchObject({ sent: 2, waiting: 0, refused: 0, error: null, retry: null });
});

test('and to a file, a line each', async () => {
  const file = path.join(folder, 'events.jsonl');
  await startEmission(db, file, 0);
  emit();
  await updateRun(db, await newRun(db), { status: 'FAILED', endTime: 2000 });
  await expect
    .poll(() => readFile(file, 'utf8').catch(() => ''), settled)
    .toMatch(/^\{.*START.*\}\n\{.*FAIL.*\}\n$/);
});

test('what a receiver does not take waits, is told of, and comes later in the same order', async () => {
  const { sent, url } = await receiver(503, 302, 401);
  await startEmission(db, url, 0);
  emit();
  await updateRun(db, await newRun(db), { status: 'KILLED', endTime: 2000 });
  await expect
    .poll(async () => (await viewEmission(db)).error?.message, settled)
    .toMatch(/answered 503: not now$/);
  expect(await viewEmission(db)).toMatchObject({ sent: 0, waiting: 2, refused: 0 });
  for (const status of [302, 401]) {
    later += backoff(20);
    await expect
      .poll(async () => (await viewEmission(db)).error?.message, settled)
      .toContain(`answered ${status}`);
  }
  expect(sent).toEqual([]);
  later += backoff(20);
  await expect.poll(() => types(sent), settled).toEqual(['START', 'ABORT']);
  expect(await viewEmission(db)).toMatchObject({ sent: 2, waiting: 0, retry: null });
}, 30_000);

test('an event that a receiver will never take holds up no other', async () => {
  const { sent, url } = await receiver(422);
  await startEmission(db, url, 0);
  emit();
  await updateRun(db, await newRun(db), { status: 'FINISHED', endTime: 2000 });
  await expect.poll(() => types(sent), settled).toEqual(['COMPLETE']);
  expect(await viewEmission(db)).toMatchObject({ sent: 1, refused: 1, waiting: 0 });
});

test('a run that is gone, and one whose script wrote nonsense, hold up no other', async () => {
  const { sent, url } = await receiver();
  await startEmission(db, url, 0);
  const run = await newRun(db);
  await db.deleteFrom('run').where('id', '=', run).execute();
  const odd = await newRun(db);
  const dataset = { name: 'a', digest: 'b', sourceType: 'forebay', source: '[', schema: null, profile: null };
  await addInputs(db, await readRun(db, odd), [{ tags: [], dataset }]);
  emit();
  await expect
    .poll(() => sent, settled)
    .toMatchObject([{ inputs: [{ name: 'a', namespace: 's3://bucket' }] }]);
  expect(await viewEmission(db)).toMatchObject({
    sent: 1,
    refused: 1,
    error: { message: expect.stringContaining('not found') },
  });
});

test('who is not there at all costs a run nothing, and a restart loses nothing', async () => {
  const { sent, url } = await receiver();
  await startEmission(db, 'http://127.0.0.1:9/', 0);
  emit();
  const began = performance.now();
  await newRun(db);
  expect(performance.now() - began).toBeLessThan(500);
  await expect
    .poll(async () => (await viewEmission(db)).error?.message, settled)
    .toMatch(/ECONNREFUSED|bad port/);
  await emitter?.close();
  await startEmission(db, url, 0);
  emit();
  await expect.poll(() => types(sent), settled).toEqual(['START']);
}, 30_000);

test('no more than 10,000 wait: the oldest give way, and how many is told', async () => {
  await startEmission(db, path.join(folder, 'events.jsonl'), 0);
  await db.transaction().execute(async (within) => {
    for (let i = 0; i < 10_020; i++) await newRunRow(within, i);
  });
  expect((await viewEmission(db)).waiting).toBe(10_000);
  emit();
  await expect.poll(async () => (await viewEmission(db)).dropped, settled).toBe(20);
}, 30_000);

test('what was sent before it was off is not counted as given up', async () => {
  const { sent, url } = await receiver();
  await startEmission(db, url, 0);
  emit();
  const run = await newRun(db);
  await expect.poll(() => sent, settled).toHaveLength(1);
  await updateRun(db, run, { status: 'FINISHED' });
  await stopEmission(db);
  await startEmission(db, url, 0);
  await newRun(db);
  await expect.poll(() => sent, settled).toHaveLength(2);
  expect(await viewEmission(db)).toMatchObject({ sent: 1, dropped: 0 });
});

test('nothing is queued where nobody wants it, and off forgets what waits', async () => {
  await newRun(db);
  expect(await viewEmission(db)).toMatchObject({ target: null, waiting: 0 });
  await startEmission(db, '/nowhere', 0);
  // The run that goes on begins for whoever listens from now on.
  expect((await viewEmission(db)).waiting).toBe(1);
  await stopEmission(db);
  expect(await viewEmission(db)).toMatchObject({ target: null, waiting: 0 });
});

test('tries come less often the longer they fail', () => {
  expect([1, 2, 5, 9, 10_000].map(backoff)).toEqual([2000, 4000, 32_000, 300_000, 300_000]);
});

async function newRunRow(within: RunDatabase, i: number): Promise<void> {
  const id = i.toString(16).padStart(32, '0');
  const row = {
    experiment_id: '0',
    user: 'u',
    status: 'RUNNING',
    stage: 'active',
  } as const;
  const values = { id, name: 'r', artifact_uri: '', start_time: i, end_time: null, ...row };
  await within.insertInto('run').values(values).execute();
}
