import { mkdir, mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { artifactFolder, placeOf } from '../artifact/place.ts';
import { readRun } from '../runs.ts';
import type { RunDatabase } from '../store/open.ts';
import { newRun, newRuns } from '../testing.ts';
import { sendArtifacts } from './artifacts.ts';
import { EndpointMissing, failureOf, MlflowServer, ServerAway, ServerRefusal } from './server.ts';

let db: RunDatabase;
let folder: string;
let proxy: Server;
let stored: string[];
let asked: string[];

beforeEach(async () => {
  db = await newRuns();
  folder = await mkdtemp(path.join(tmpdir(), 'forebay-artifacts-'));
  stored = [];
  asked = [];
  proxy = createServer((request, response) => {
    asked.push(request.url?.split('/').at(-1) ?? '');
    // As nginx says of what is above 1 MB, unless it is told another limit, before it has read it.
    if (request.url?.includes('large'))
      return response.writeHead(413).end('<html>413 Request Entity Too Large</html>');
    request.resume().on('end', () => {
      stored.push(request.url ?? '');
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await db.destroy();
  await rm(folder, { recursive: true });
});

test('a file that is too large for the server is said, and keeps back no other', async () => {
  const run = await readRun(db, await newRun(db));
  const place = path.join(artifactFolder(folder), placeOf(run.artifact_uri));
  await mkdir(place, { recursive: true });
  for (const name of ['a.txt', 'z.txt']) await writeFile(path.join(place, name), name);
  await writeFile(path.join(place, 'large.bin'), Buffer.alloc(20_000_000));
  const { port } = proxy.address() as AddressInfo;
  const server = new MlflowServer(`http://127.0.0.1:${port}`, () => undefined, new AbortController().signal);
  const refusals = new Map();
  const send = () =>
    sendArtifacts({ db, folder, refusals }, server, run, 'mlflow-artifacts:/0/abc/artifacts');

  expect(await send()).toMatch(/^Not all of its files are there: large\.bin .*\(413\)/);
  const names = () => stored.map((url) => url.split('/').at(-1));
  expect(names()).toEqual(['a.txt', 'z.txt']);
  expect(await send()).toMatch(/^Not all of its files are there: large\.bin .*\(413\)/);
  expect(names()).toEqual(['a.txt', 'z.txt']);
  expect(asked).toEqual(['a.txt', 'large.bin', 'z.txt']);
  await expect.poll(() => openBelow(folder)).toEqual([]);

  await writeFile(path.join(place, 'large.bin'), 'another');
  await send();
  expect(asked.slice(3)).toEqual(['large.bin']);
});

/** Files that this process has open, where Linux tells it. */
async function openBelow(top: string): Promise<string[]> {
  const numbers = await readdir('/proc/self/fd').catch(() => []);
  const files = await Promise.all(
    numbers.map((number) => readlink(`/proc/self/fd/${number}`).catch(() => '')),
  );
  return files.filter((file) => file.startsWith(top));
}

test.each([
  [413, undefined, ServerRefusal],
  [400, { error_code: 'INVALID_PARAMETER_VALUE', message: 'no' }, ServerRefusal],
  [502, undefined, ServerAway],
  [401, undefined, ServerAway],
  [404, undefined, EndpointMissing],
])('%d with %j is a %o', (status, answer, kind) => {
  expect(failureOf('http://team', status, answer)).toBeInstanceOf(kind);
});
