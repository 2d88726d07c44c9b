import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ForebayError } from '../api/errors.ts';
import type { Job } from '../api/schemas.ts';
import { unixTransport } from '../daemon/launch/unixTransport.ts';
import { Client } from './client.ts';

type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => void;

let folder: string;
let server: http.Server;
let answer: Answer;
let client: Client;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fb-client-'));
  const socket = path.join(folder, 's');
  server = http.createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  client = new Client(unixTransport(socket));
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  fs.rmSync(folder, { recursive: true });
});

const json = (response: http.ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const job = (state: Job['state'], files: number): Job => ({
  id: 'j1',
  kind: 'sync',
  state,
  title: 'Syncing mnist',
  dataset: 'mnist',
  version: null,
  cache: null,
  progress: {
    phase: 'packing',
    files,
    filesTotal: 9,
    bytes: 0,
    bytesTotal: null,
    bytesPerSecond: null,
    secondsLeft: null,
  },
  result: null,
  problem: state === 'failed' ? new ForebayError('no-space', 'The disk is full.').toProblem() : null,
  created: '2026-01-01T00:00:00Z',
  ended: null,
});

describe('the client', () => {
  test('throws what the daemon meant, hint included, whatever kind of body was asked for', async () => {
    const meant = new ForebayError('path-unknown', 'mnist@v1 has no a.png.', 'Look again.');
    answer = (_, response) => json(response, 404, meant.toProblem());
    await expect(client.datasets.get('mnist')).rejects.toMatchObject({
      code: 'path-unknown',
      hint: 'Look again.',
    });
    await expect(client.versions.content('mnist', 'v1', 'a.png')).rejects.toMatchObject({
      code: 'path-unknown',
    });
    await expect(client.leases.hold('x')).rejects.toMatchObject({ message: 'mnist@v1 has no a.png.' });
  });

  test('says that the daemon is away where nobody answers', async () => {
    server.close();
    await expect(client.app.status()).rejects.toMatchObject({ code: 'daemon-unreachable' });
  });

  test('never goes through a proxy of the environment', async () => {
    process.env.HTTP_PROXY = process.env.http_proxy = 'http://127.0.0.1:1';
    try {
      answer = (_, response) => json(response, 200, { items: [], next: null });
      expect(await client.caches.list()).toEqual([]);
    } finally {
      delete process.env.HTTP_PROXY;
      delete process.env.http_proxy;
    }
  });

  test('walks every page of a list and keeps strange characters of a name', async () => {
    const seen: string[] = [];
    answer = (request, response) => {
      const url = new URL(request.url ?? '', 'http://x');
      seen.push(decodeURIComponent(url.pathname));
      const cursor = url.searchParams.get('cursor');
      json(response, 200, cursor ? { items: ['c'], next: null } : { items: ['a', 'b'], next: 'a+b &c' });
    };
    expect(await client.versions.list('a b/ü')).toEqual(['a', 'b', 'c']);
    expect(seen[0]).toBe('/api/v1/datasets/a b/ü/versions');
  });
});

describe('following a job', () => {
  test('leaves no timer behind that would keep a command from ending', async () => {
    const { setTimeout: start, clearTimeout: clear } = globalThis;
    const running = new Set<unknown>();
    vi.stubGlobal('setTimeout', (callback: () => void, milliseconds: number) => {
      const timer = start(() => {
        running.delete(timer);
        callback();
      }, milliseconds);
      running.add(timer);
      return timer;
    });
    vi.stubGlobal('clearTimeout', (timer: NodeJS.Timeout) => {
      running.delete(timer);
      clear(timer);
    });
    onTestFinished(() => void vi.unstubAllGlobals());
    let [reads, ring] = [0, () => {}];
    answer = (request, response) => {
      if (request.url === '/api/v1/events') {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
        const event = { id: 1, kind: 'job', subject: 'j1' };
        ring = () => response.write(`id: 1\nevent: change\ndata: ${JSON.stringify(event)}\n\n`);
        return;
      }
      // By the fourth read the pause before the next is long enough to be seen.
      reads++;
      if (reads === 5) setImmediate(ring);
      json(response, 200, job(reads > 5 ? 'done' : 'running', reads));
    };
    await client.jobs.follow('j1');
    expect([reads, running.size]).toEqual([6, 0]);
  });

  test('reports progress and ends with the done job, also where there is no event stream', async () => {
    let reads = 0;
    answer = (request, response) =>
      request.url === '/api/v1/events'
        ? json(response, 500, {})
        : json(response, 200, job(++reads < 4 ? 'running' : 'done', reads));
    const seen: number[] = [];
    const done = await client.jobs.follow('j1', { onProgress: (each) => seen.push(each.progress.files) });
    expect(done.state).toBe('done');
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  test('throws what the job failed of', async () => {
    answer = (_, response) => json(response, 200, job('failed', 1));
    await expect(client.jobs.follow('j1')).rejects.toMatchObject({ code: 'no-space' });
  });

  test('stops when told, and leaves the job alone', async () => {
    const asked: string[] = [];
    answer = (request, response) => {
      asked.push(request.method ?? '');
      json(response, 200, job('running', 1));
    };
    await expect(client.jobs.follow('j1', { signal: AbortSignal.timeout(60) })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(asked).not.toContain('DELETE');
  });

  test('of one\'s own: cancels it when told, and says "done" where the commit was already sent', async () => {
    let cancelled = false;
    answer = (request, response) => {
      if (request.method === 'DELETE') cancelled = true;
      json(response, 200, job(cancelled ? 'done' : 'running', 1));
    };
    const done = await client.jobs.complete('j1', { signal: AbortSignal.timeout(60) });
    expect([cancelled, done.state]).toEqual([true, 'done']);
  });
});

describe('subscribing', () => {
  test('connects again after the connection is lost, from the last event on', async () => {
    const from: (string | undefined)[] = [];
    answer = (request, response) => {
      from.push(request.headers['last-event-id'] as string | undefined);
      const id = from.length;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`id: ${id}\ndata: ${JSON.stringify({ id, kind: 'lake', subject: '' })}\n\n`);
    };
    const end = new AbortController();
    const ids: number[] = [];
    const states: boolean[] = [];
    await client.events.subscribe(
      (event) => {
        ids.push(event.id);
        if (event.id === 3) end.abort();
      },
      end.signal,
      { onConnection: (connected) => states.push(connected) },
    );
    expect(ids).toEqual([1, 2, 3]);
    expect(from).toEqual([undefined, '1', '2']);
    expect(states).toEqual([true, false, true, false, true]);
  });
});
