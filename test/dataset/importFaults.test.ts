import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { isForebayError } from '../../core/src/api/errors.ts';
import { CacheDirectory } from '../../core/src/cache/directory.ts';
import { fillVersion } from '../../core/src/cache/fill/fill.ts';
import { findDataset, listDatasets } from '../../core/src/dataset/catalog.ts';
import { writeManifest } from '../../core/src/dataset/checkout/testing/testVersion.ts';
import { readContent } from '../../core/src/dataset/content.ts';
import type { FileEntry } from '../../core/src/dataset/entry.ts';
import { readHistory } from '../../core/src/dataset/history.ts';
import { importObjects } from '../../core/src/dataset/import.ts';
import { keyOf, randomName } from '../../core/src/dataset/names.ts';
import { openRepository } from '../../core/src/dataset/repository.ts';
import { verifyVersion } from '../../core/src/dataset/verify/verify.ts';
import type { LakeLocation } from '../../core/src/lake/location.ts';
import { S3Lake } from '../../core/src/lake/s3/s3Lake.ts';
import { collect } from '../lake/lakes.ts';
import { fingerprint } from '../support/data/tree.ts';
import {
  type Fault,
  type FaultyProxy,
  seededFaults,
  startFaultyProxy,
} from '../support/network/faultyProxy.ts';
import { makeObjects, type Objects, putAll } from '../support/servers/objects.ts';
import { openBucket, type Seaweed, startSeaweed } from '../support/servers/seaweed.ts';

const patience = { attempts: 5, firstPause: 10, longestPause: 100, stall: 1500 };

let seaweed: Seaweed;
let objects: Objects;
let top: string;
const files = new Map(
  Array.from({ length: 150 }, (_, at) => [`d${at % 7}/f${at}`, `${at} `.repeat(at * 3 + 1)] as const),
);

beforeAll(async () => {
  seaweed = await startSeaweed();
  top = await mkdtemp(join(tmpdir(), 'forebay-import-faults-'));
  objects = await makeObjects(seaweed);
  await putAll(
    objects,
    [...files].map(([path, body]) => [`data/${path}`, body]),
  );
});
afterAll(async () => {
  objects?.close();
  await seaweed?.stop();
  await rm(top, { recursive: true, force: true });
});
afterEach(() => void vi.unstubAllEnvs());

const control = (signal = new AbortController().signal) => ({ signal, report: () => undefined });

/** A lake in S3, all of whose requests, and those for imported objects, meet `fault`. */
async function behind(fault: (request: IncomingMessage) => Fault) {
  const { region, credentials, bucket } = seaweed;
  const proxy: FaultyProxy = await startFaultyProxy(seaweed.endpoint, { fault });
  const location: LakeLocation = { url: `s3://${bucket()}`, endpoint: proxy.endpoint, region, credentials };
  const lake = new S3Lake(location, patience);
  onTestFinished(async () => {
    lake.close();
    await proxy.stop();
  });
  await openRepository(lake, { create: true });
  const source = { bucket: objects.bucket, prefix: 'data/' };
  const usual = { lake, name: 'x', source, message: '', author: 'ann', replace: false, skip: false };
  return {
    lake,
    proxy,
    run: (signal?: AbortSignal) => importObjects(usual, control(signal)),
    async fill(folder?: string) {
      const cache = await CacheDirectory.claim(folder ?? (await mkdtemp(join(top, 'cache-'))), 'hub');
      const dataset = await findDataset(lake, 'x');
      const version = (await readHistory(lake, dataset.id)).versions.at(-1);
      if (!version) throw new Error('There is no version.');
      return fillVersion({ cache, lake, dataset, version, fillId: randomName() }, control());
    },
  };
}

const isObject = ({ method, url }: IncomingMessage) =>
  method === 'GET' && url?.includes(`/${objects.bucket}/data/`) === true;
const expected = [...files]
  .map(([path, body]) => `${path} file false ${createHash('sha256').update(body).digest('hex')}`)
  .sort();

test('a flipped bit under the same ETag is caught by what was learned when the object was read first', async () => {
  let flips = false;
  const on = await behind((request) =>
    flips && isObject(request) && request.url?.includes('/d3/f3?') ? 'flip-body' : 'none',
  );
  await on.run();
  expect(await fingerprint((await on.fill()).path)).toEqual(expected);
  flips = true;
  const again = on.fill();
  await expect(again).rejects.toMatchObject({
    code: 'damaged',
    message: expect.stringContaining("'d3/f3' is damaged"),
  });
  await expect(again).rejects.toThrow(/not those that were read before/);
  const dataset = await findDataset(on.lake, 'x');
  const [version] = (await readHistory(on.lake, dataset.id)).versions;
  if (!version) throw new Error('There is no version.');
  const { problems } = await verifyVersion({ lake: on.lake, datasetId: dataset.id, version }, control());
  expect(problems.map(({ path }) => path)).toEqual(['d3/f3']);
});

test('one bit that is flipped once is asked for again', async () => {
  let flips = 0;
  const on = await behind((request) => (isObject(request) && flips-- === 1 ? 'flip-body' : 'none'));
  await on.run();
  await on.fill();
  flips = 10;
  expect(await fingerprint((await on.fill()).path)).toEqual(expected);
});

test.each([1, 2, 3])(
  'with faults by seed, an import and its fill are right or a clear failure (seed %i)',
  async (seed) => {
    const faults: Fault[] = ['busy', 'busy', 'refuse-connection', 'cut-body', 'lose-answer', 'slow'];
    let calm = true;
    const often = seededFaults(seed, 0.15, faults);
    const on = await behind(() => (calm ? 'none' : often()));
    calm = false;
    const tolerant = async <T>(work: () => Promise<T>): Promise<T> => {
      for (;;) {
        try {
          return await work();
        } catch (error) {
          if (!isForebayError(error, 'lake-unreachable')) throw error;
        }
      }
    };
    await tolerant(() => on.run());
    const { path } = await tolerant(() => on.fill());
    calm = true;
    expect(await fingerprint(path)).toEqual(expected);
    expect(await on.run()).toMatchObject({ version: 1, files: files.size });
  },
);

test('a fill that was cut off goes on: what it had read is proved on the disk and not asked for again', async () => {
  const last = [...files.keys()].sort().slice(-5);
  let away = true;
  const on = await behind((request) =>
    away && isObject(request) && last.some((path) => request.url?.includes(`/${path}?`)) ? 'busy' : 'none',
  );
  await on.run();
  const folder = await mkdtemp(join(top, 'cache-'));
  await expect(on.fill(folder)).rejects.toMatchObject({ code: 'lake-unreachable' });
  away = false;
  on.proxy.seen.splice(0);
  expect(await fingerprint((await on.fill(folder)).path)).toEqual(expected);
  const asked = on.proxy.seen.filter((each) => each.includes(`/${objects.bucket}/data/`));
  expect(asked.length).toBeLessThan(30);
});

test('an import that is cancelled leaves no dataset and no object, and the next one works', async () => {
  let stalls = true;
  const on = await behind(({ method, url }) =>
    stalls && method === 'PUT' && url?.includes('/roots/') ? 'stall' : 'none',
  );
  const abort = new AbortController();
  const importing = on.run(abort.signal);
  await vi.waitFor(() => expect(on.proxy.seen.some((each) => each.includes('/roots/'))).toBe(true), 20_000);
  const begun = performance.now();
  abort.abort();
  await expect(importing).rejects.toMatchObject({ code: 'cancelled' });
  expect(performance.now() - begun).toBeLessThan(2000);
  stalls = false;
  expect(await listDatasets(on.lake)).toEqual([]);
  expect(await collect(on.lake.list('datasets/'))).toEqual([]);
  expect(await on.run()).toMatchObject({ version: 1, files: files.size });
});

test.each<Fault>(['lose-answer', 'arrive-late'])(
  'a commit that meets %s is found again, and no second version is made',
  async (fault) => {
    let left = 1;
    const on = await behind(({ method, url }) =>
      method === 'PUT' && url?.includes('/log/') && left-- > 0 ? fault : 'none',
    );
    await on.run().catch((error: unknown) => {
      if (!isForebayError(error, 'lake-unreachable')) throw error;
    });
    expect(await on.run()).toMatchObject({ version: 1, files: files.size });
    const dataset = await findDataset(on.lake, 'x');
    expect((await readHistory(on.lake, dataset.id)).versions).toHaveLength(1);
  },
);

test('of two imports at once both give the same one version', async () => {
  const on = await behind(() => 'none');
  const results = await Promise.all([on.run(), on.run(), on.run()]);
  expect(results.map(({ version }) => version)).toEqual([1, 1, 1]);
  expect(await listDatasets(on.lake)).toHaveLength(1);
});

/** A web server that isn't S3, and what it was sent. */
async function foreignHost(body: string) {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    response.writeHead(200, { ETag: '"e1"', 'Content-Length': body.length }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket/key`, seen };
}

const external = (url: string, size: number): FileEntry => {
  const origin = { url, etag: '"e1"', versionId: null };
  const file = { kind: 'file' as const, path: 'f', size, executable: false, mtime: 0, sha256: null, origin };
  return { ...file, parts: [{ external: { ...origin, size } }] };
};

test('a host that only a manifest names gets no credentials', async () => {
  const { endpoint, region, credentials, bucket } = seaweed;
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
  const lake = new S3Lake({ url: `s3://${bucket()}`, endpoint, region, credentials }, patience);
  await lake.create();
  const host = await foreignHost('content');
  const id = randomName();
  const entry = external(host.url, 7);
  const version = await writeManifest(lake, id, [entry], 1);
  expect(await verifyVersion({ lake, datasetId: id, version }, control())).toMatchObject({ ok: true });
  expect(String(Buffer.from(await readContent(lake, id, entry)))).toBe('content');
  expect(host.seen).toHaveLength(2);
  for (const headers of host.seen) {
    expect(headers.authorization).toBeUndefined();
    expect(Object.keys(headers).filter((name) => name.startsWith('x-amz'))).toEqual([]);
    expect(JSON.stringify(headers)).not.toContain(credentials.accessKeyId);
  }
  expect(await collect(lake.list(keyOf.learned(id)))).toHaveLength(1);
  lake.close();
});

test('a private store is read with a signature once it was named, and refused in plain words before', async () => {
  const { endpoint, region, credentials } = seaweed;
  vi.stubEnv('AWS_ENDPOINT_URL_S3', endpoint);
  vi.stubEnv('AWS_REGION', region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', '');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  const lake = await temporaryFolderLake();
  const source = { bucket: objects.bucket, prefix: 'data/' };
  const usual = { lake, name: 'x', source, message: '', author: 'ann', replace: false, skip: false };
  await expect(importObjects(usual, control())).rejects.toMatchObject({
    code: 'lake-denied',
    message: expect.stringContaining("can't be read without credentials"),
  });
  lake.externals.use({ endpoint, region, credentials });
  expect(await importObjects(usual, control())).toMatchObject({ version: 1, files: files.size });
});

test('a public store is read without credentials', async () => {
  const { endpoint, region } = seaweed;
  vi.stubEnv('AWS_ENDPOINT_URL_S3', endpoint);
  vi.stubEnv('AWS_REGION', region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', '');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  const open = await makeObjects(seaweed, { name: openBucket });
  await open.put('some/a', 'A');
  open.close();
  const lake = await temporaryFolderLake();
  const source = { bucket: openBucket, prefix: 'some/' };
  const usual = { lake, name: 'x', source, message: '', author: 'ann', replace: false, skip: false };
  expect(await importObjects(usual, control())).toMatchObject({ version: 1, files: 1 });
});

async function temporaryFolderLake() {
  const { openLake } = await import('../../core/src/lake/open.ts');
  const lake = openLake({ url: await mkdtemp(join(top, 'lake-')) });
  await openRepository(lake, { create: true });
  onTestFinished(() => lake.close());
  return lake;
}
