import * as schemas from '@forebay/core/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { type Machine, newMachine } from './daemon.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await newMachine();
  await machine.start();
  const folder = await machine.dataset('mnist', {
    'a/1.txt': 'one',
    'b.txt': 'two',
    'run.sh': 'x'.repeat(5000),
  });
  await machine.sync(folder, { 'a/2.txt': 'more' });
});
afterAll(() => machine.remove());

const routes = `
GET /api/hello
POST /api/handover
POST /api/shutdown
POST /api/stay
GET /api/v1/status
PUT /api/v1/lake
POST /api/v1/lake/test
GET /api/v1/datasets
POST /api/v1/datasets
GET /api/v1/datasets/{name}
PATCH /api/v1/datasets/{name}
GET /api/v1/datasets/{name}/uses
DELETE /api/v1/datasets/{name}
GET /api/v1/datasets/{name}/versions
GET /api/v1/datasets/{name}/versions/{sel}
DELETE /api/v1/datasets/{name}/versions/{sel}
GET /api/v1/datasets/{name}/versions/{sel}/files
GET /api/v1/datasets/{name}/versions/{sel}/content
GET /api/v1/datasets/{name}/versions/{sel}/statistics
GET /api/v1/datasets/{name}/versions/{sel}/entry
GET /api/v1/datasets/{name}/versions/{sel}/croissant
PUT /api/v1/datasets/{name}/tags/{tag}
DELETE /api/v1/datasets/{name}/tags/{tag}
GET /api/v1/datasets/{name}/diff
GET /api/v1/datasets/{name}/diff/summary
GET /api/v1/datasets/{name}/file-history
GET /api/v1/datasets/{name}/diff/entries
GET /api/v1/datasets/{name}/diff/folders
GET /api/v1/datasets/{name}/diff/file
POST /api/v1/verifications
POST /api/v1/datasets/{name}/imports
PUT /api/v1/stores
GET /api/v1/working-copies
POST /api/v1/working-copies
POST /api/v1/working-copies/sync
POST /api/v1/working-copies/pull
POST /api/v1/working-copies/clone
POST /api/v1/working-copies/preview
GET /api/v1/working-copies/status
POST /api/v1/collections
POST /api/v1/repacks
POST /api/v1/repairs
GET /api/v1/rebuilt
GET /api/v1/caches
POST /api/v1/caches
DELETE /api/v1/caches/{name}
PATCH /api/v1/caches/{name}
POST /api/v1/caches/test
GET /api/v1/caches/stats
PUT /api/v1/caches/{name}/scrub
GET /api/v1/history
GET /metrics
GET /api/v1/uses
GET /api/v1/placements
POST /api/v1/placements
POST /api/v1/placements/plan
POST /api/v1/placements/candidates
PUT /api/v1/placements/{id}/pin
DELETE /api/v1/placements/{id}/pin
GET /api/v1/placements/{id}
DELETE /api/v1/placements/{id}
POST /api/v1/placements/{id}/verify
GET /api/v1/leases
POST /api/v1/leases
GET /api/v1/leases/{id}
DELETE /api/v1/leases/{id}
GET /api/v1/leases/{id}/hold
POST /api/v1/tracking
GET /api/v1/runs
POST /api/v1/runs
POST /api/v1/run-imports
GET /api/v1/forwarding
PUT /api/v1/forwarding
DELETE /api/v1/forwarding
GET /api/v1/runs/{id}
PATCH /api/v1/runs/{id}
GET /api/v1/runs/{id}/chart
GET /api/v1/runs/{id}/code-diff
POST /api/v1/runs/{id}/code
POST /api/v1/runs/{id}/environment
POST /api/v1/runs/{id}/inputs
POST /api/v1/runs/{id}/log
POST /api/v1/runs/{id}/end
GET /api/v1/runs/{id}/output
GET /api/v1/runs/{id}/output/matches
POST /api/v1/runs/{id}/output
GET /api/v1/runs/{id}/artifacts
PUT /api/v1/runs/{id}/artifacts
GET /api/v1/runs/{id}/artifacts/content
GET /api/v1/lineage
GET /api/v1/lineage/emission
PUT /api/v1/lineage/emission
DELETE /api/v1/lineage/emission
GET /api/v1/notebooks
POST /api/v1/notebooks/uses
GET /api/v1/jobs
GET /api/v1/jobs/{id}
DELETE /api/v1/jobs/{id}
GET /api/v1/events`;

test('the OpenAPI document lists every route and describes every answer', async () => {
  const document = (await machine.ask('GET', '/api/v1/openapi.json')).json<{
    openapi: string;
    paths: Record<
      string,
      Record<string, { responses: Record<string, { content?: unknown }>; summary: string }>
    >;
  }>();
  expect(document.openapi).toBe('3.1.0');
  const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(listed.sort()).toEqual(routes.trim().split('\n').sort());
  for (const methods of Object.values(document.paths)) {
    for (const { responses, summary } of Object.values(methods)) {
      expect(summary).not.toBe('');
      expect(Object.keys(responses.default?.content ?? {})).toEqual(['application/problem+json']);
    }
  }
});

test('every answer is what its schema says', async () => {
  const { client } = machine;
  const placement = await machine.cached('mnist@v1');
  const lease = await client.leases.add({ ref: 'mnist@v1', holder: { kind: 'manual' } });
  const answers: Array<[string, z.ZodType]> = [
    ['/api/hello', schemas.Hello],
    ['/api/v1/status', schemas.Status],
    ['/api/v1/datasets', schemas.page(schemas.Dataset)],
    ['/api/v1/datasets?fresh=false', schemas.page(schemas.Dataset)],
    ['/api/v1/datasets/mnist', schemas.Dataset],
    ['/api/v1/datasets/mnist/file-history?path=b.txt', schemas.page(schemas.FileChange)],
    ['/api/v1/datasets/mnist/versions', schemas.page(schemas.Version)],
    ['/api/v1/datasets/mnist/versions/latest', schemas.Version],
    ['/api/v1/datasets/mnist/versions/v2/files', schemas.FilesPage],
    ['/api/v1/datasets/mnist/versions/v2/files?recursive=true&search=txt', schemas.FilesPage],
    ['/api/v1/datasets/mnist/versions/v2/files?partial=true&search=txt', schemas.FilesPage],
    ['/api/v1/datasets/mnist/versions/v2/files?begins=r&sort=-size', schemas.FilesPage],
    ['/api/v1/datasets/mnist/versions/v2/statistics', schemas.VersionStatistics],
    ['/api/v1/datasets/mnist/diff?from=v1&to=v2', schemas.Diff],
    ['/api/v1/datasets/mnist/diff/summary?from=v1&to=v2', schemas.DiffSummary],
    ['/api/v1/datasets/mnist/diff/entries?from=v1&to=v2', schemas.DiffEntries],
    ['/api/v1/datasets/mnist/diff/entries?from=v1&to=v2&folder=&kinds=added', schemas.DiffEntries],
    ['/api/v1/datasets/mnist/diff/folders?from=v1&to=v2', schemas.DiffFolders],
    ['/api/v1/datasets/mnist/diff/file?from=v1&to=v2&path=a/2.txt', schemas.DiffFile],
    [`/api/v1/working-copies?folder=${machine.path('work', 'mnist')}`, schemas.WorkingCopy],
    [`/api/v1/working-copies/status?folder=${machine.path('work', 'mnist')}`, schemas.WorkingCopyStatus],
    ['/api/v1/caches', schemas.page(schemas.CacheStore)],
    ['/api/v1/placements', schemas.page(schemas.Placement)],
    ['/api/v1/uses?dataset=mnist', schemas.page(schemas.LastUse)],
    [`/api/v1/placements/${placement.id}`, schemas.Placement],
    ['/api/v1/leases', schemas.page(schemas.Lease)],
    [`/api/v1/leases/${lease.id}`, schemas.Lease],
    ['/api/v1/datasets/mnist/versions/v2/entry?path=b.txt', schemas.FileEntry],
    ['/api/v1/datasets/mnist/versions/v2/entry?path=a', schemas.FileEntry],
    ['/api/v1/notebooks?dataset=mnist', schemas.page(schemas.NotebookUse)],
    ['/api/v1/lineage?of=mnist@v1', schemas.Lineage],
    ['/api/v1/lineage/emission', schemas.Emission],
    ['/api/v1/jobs', schemas.page(schemas.Job)],
    ['/api/v1/forwarding', schemas.Forwarding],
  ];
  const notebook = { path: '/home/ana/first look.ipynb', host: 'here', user: 'ana' };
  const used = { ...notebook, refs: ['mnist@v1'], by: 'mount' };
  expect((await machine.ask('POST', '/api/v1/notebooks/uses', { body: used })).status).toBe(204);
  for (const [path, schema] of answers) {
    const answer = await machine.ask('GET', path);
    expect(answer.status, path).toBe(200);
    const parsed = schema.safeParse(answer.json());
    expect(parsed.error?.issues, path).toBeUndefined();
    // Nothing that the schema doesn't know: a field that isn't described isn't promised.
    expect(parsed.data, path).toEqual(answer.json());
  }
  await client.leases.remove(lease.id);
});

test.each([
  ['GET', '/api/v1/datasets/mnits', undefined, 404, 'dataset-unknown', /mnist/],
  ['GET', '/api/v1/datasets/mnist/versions/v9', undefined, 404, 'version-unknown', /v2/],
  ['GET', '/api/v1/datasets/mnist/versions/v0', undefined, 400, 'bad-name', /v0/],
  ['GET', '/api/v1/datasets/Bad%20Name', undefined, 400, 'bad-name', /Bad Name/],
  ['GET', '/api/v1/datasets?limit=0', undefined, 400, 'bad-request', /limit/],
  ['GET', '/api/v1/datasets?cursor=nonsense', undefined, 400, 'bad-request', /cursor/],
  ['GET', '/api/v1/datasets/mnist/versions/v1/content?path=nope', undefined, 404, 'path-unknown', /nope/],
  ['GET', '/api/v1/datasets/mnist/versions/v1/entry?path=nope', undefined, 404, 'path-unknown', /nope/],
  ['GET', '/api/v1/notebooks?dataset=Bad%20Name', undefined, 400, 'bad-name', /Bad Name/],
  ['GET', '/api/v1/nothing', undefined, 404, 'route-unknown', /nothing/],
  ['POST', '/api/v1/datasets', { name: 'mnist' }, 409, 'dataset-exists', /mnist/],
  ['POST', '/api/v1/datasets', { name: 7 }, 400, 'bad-request', /name/],
  ['POST', '/api/v1/datasets', '{"name":', 400, 'bad-request', /JSON/],
  ['POST', '/api/v1/caches', { name: 'x', path: 'rel', capacity: 5 }, 400, 'bad-path', /rel/],
  ['POST', '/api/v1/caches', { name: 'x', path: '/nope', capacity: -5 }, 400, 'bad-request', /capacity/],
  ['POST', '/api/v1/caches/test', { path: 'rel' }, 400, 'bad-path', /rel/],
  ['PATCH', '/api/v1/caches/nope', { capacity: 5 }, 404, 'cache-unknown', /nope/],
  ['PATCH', '/api/v1/caches/local', { capacity: 0 }, 400, 'bad-request', /capacity/],
  ['POST', '/api/v1/lake/test', { url: 'rel' }, 400, 'bad-request', /rel/],
  ['POST', '/api/v1/placements/candidates', { ref: 'mnist@v9' }, 404, 'version-unknown', /v9/],
  ['POST', '/api/v1/placements', { ref: 'mnist', cache: 'gpu' }, 404, 'cache-unknown', /gpu/],
  ['POST', '/api/v1/working-copies/sync', { folder: '/no/such' }, 404, 'folder-unknown', /no\/such/],
  ['POST', '/api/v1/working-copies/sync', { folder: '/tmp' }, 404, 'not-a-working-copy', /tmp/],
  ['POST', '/api/v1/datasets/x/imports', { url: '/data' }, 400, 'bad-request', /synced, not imported/],
  ['PUT', '/api/v1/forwarding', { url: 'https://me:pw@x' }, 400, 'bad-request', /Credentials/],
  ['POST', '/api/v1/run-imports', { path: 'mlruns' }, 400, 'bad-path', /absolute/],
  ['PUT', '/api/v1/lake', { url: '/another/lake' }, 409, 'lake-other', /another/],
  ['DELETE', '/api/v1/datasets/mnist/versions/latest', undefined, 400, 'bad-request', /nothing was removed/],
  ['DELETE', '/api/v1/datasets/nope', undefined, 404, 'dataset-unknown', /nope/],
  ['POST', '/api/v1/repairs', { dataset: 'mnist', version: 'v9' }, 404, 'version-unknown', /v9/],
  ['POST', '/api/v1/collections', { dataset: 'nope' }, 404, 'dataset-unknown', /nope/],
  ['GET', '/api/v1/lineage', undefined, 400, 'bad-request', /of/],
  ['GET', '/api/v1/lineage?of=nope', undefined, 404, 'dataset-unknown', /nope/],
  ['GET', '/api/v1/lineage?of=mnist@v9', undefined, 404, 'version-unknown', /v9/],
  ['GET', '/api/v1/lineage?of=mnist&down=99', undefined, 400, 'bad-request', /down/],
  ['GET', `/api/v1/lineage?of=${'0'.repeat(32)}`, undefined, 404, 'run-unknown', /0000/],
  ['PUT', '/api/v1/lineage/emission', { target: 'here.jsonl' }, 400, 'bad-request', /here\.jsonl/],
  ['GET', '/api/v1/datasets/mnist/versions/v9/croissant', undefined, 404, 'version-unknown', /v9/],
  ['DELETE', '/api/v1/placements/nope', undefined, 404, 'not-cached', /nope/],
  ['DELETE', '/api/v1/leases/nope', undefined, 404, 'lease-unknown', /nope/],
  ['DELETE', '/api/v1/jobs/nope', undefined, 404, 'job-unknown', /nope/],
  ['DELETE', '/api/v1/caches/nope', undefined, 404, 'cache-unknown', /nope/],
] as const)(
  '%s %s %j is refused as a problem with a sentence',
  async (method, path, body, status, code, says) => {
    const answer = await machine.ask(method, path, body === undefined ? {} : { body });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    const problem = answer.json<{ code: string; detail: string; status: number; hint?: string }>();
    expect(problem).toMatchObject({ code, status });
    expect(answer.status).toBe(status);
    expect(`${problem.detail} ${problem.hint ?? ''}`).toMatch(says);
  },
);

test('pages follow each other without a gap', async () => {
  const first = await machine.client.versions.page('mnist', { limit: 1 });
  expect(first.items.map((version) => version.version)).toEqual([2]);
  const second = await machine.client.versions.page('mnist', { limit: 1, cursor: first.next ?? '' });
  expect(second).toMatchObject({ items: [{ version: 1 }], next: null });
});

test('pages of what notebooks used follow each other without a gap, the latest first', async () => {
  for (const [path, ref] of [
    ['/home/ana/a.ipynb', 'mnist@v1'],
    ['/home/ana/a.ipynb', 'mnist@v2'],
    ['/home/ana/b.ipynb', 'mnist@v2'],
  ] as const) {
    const body = { path, host: 'paging', user: 'ana', refs: [ref], by: 'open' };
    expect((await machine.ask('POST', '/api/v1/notebooks/uses', { body })).status).toBe(204);
  }
  const all = (await machine.client.notebooks.uses('mnist')).filter(({ host }) => host === 'paging');
  expect(new Set(all.map(({ name, version }) => `${name} v${version}`))).toEqual(
    new Set(['a.ipynb v1', 'a.ipynb v2', 'b.ipynb v2']),
  );
  const paged: unknown[] = [];
  for (let cursor = ''; ; ) {
    const page = (await machine.ask('GET', `/api/v1/notebooks?dataset=mnist&limit=1${cursor}`)).json<{
      items: { host: string }[];
      next: string | null;
    }>();
    paged.push(...page.items.filter(({ host }) => host === 'paging'));
    if (page.next === null) break;
    cursor = `&cursor=${page.next}`;
  }
  expect(paged).toEqual(all);
  expect(await machine.client.notebooks.uses('mnist', 1)).toMatchObject([{ version: 1 }, { version: 1 }]);
});

test('what has not changed is not sent again', async () => {
  const first = await machine.ask('GET', '/api/v1/datasets/mnist');
  const etag = first.headers.etag ?? '';
  const again = await machine.ask('GET', '/api/v1/datasets/mnist', { headers: { 'if-none-match': etag } });
  expect([again.status, again.text]).toEqual([304, '']);
});

test('a write sent twice with one Idempotency-Key is done once, also when both arrive at once', async () => {
  const send = (body: unknown, key: string) =>
    machine.ask('POST', '/api/v1/datasets', { body, headers: { 'idempotency-key': key } });
  const both = await Promise.all([send({ name: 'once' }, 'k1'), send({ name: 'once' }, 'k1')]);
  const later = await send({ name: 'once' }, 'k1');
  expect([...both, later].map((answer) => answer.status)).toEqual([201, 201, 201]);
  expect(new Set([...both, later].map((answer) => answer.json().id)).size).toBe(1);
  expect((await send({ name: 'other' }, 'k1')).json()).toMatchObject({ code: 'bad-request' });
  // A failure may be tried again.
  expect((await send({ name: 'once' }, 'k2')).status).toBe(409);
  expect((await send({ name: 'once' }, 'k2')).status).toBe(409);
});

test("a file's bytes come whole or by ranges", async () => {
  const path = '/api/v1/datasets/mnist/versions/v1/content?path=run.sh';
  const whole = await machine.ask('GET', path);
  expect([whole.status, whole.headers['content-length'], whole.text]).toEqual([
    200,
    '5000',
    'x'.repeat(5000),
  ]);
  const part = await machine.ask('GET', path, { headers: { range: 'bytes=4990-' } });
  expect([part.status, part.headers['content-range'], part.text]).toEqual([
    206,
    'bytes 4990-4999/5000',
    'x'.repeat(10),
  ]);
});

test('a file is saved under its own name, and sent again only where it is another one', async () => {
  const path = '/api/v1/datasets/mnist/versions/v1/content?path=run.sh&download=true';
  const { headers } = await machine.ask('GET', path);
  expect(headers['cache-control']).toBe('private, no-cache');
  const again = await machine.ask('GET', path, { headers: { 'if-none-match': headers.etag ?? '' } });
  expect([again.status, again.text, again.headers.etag]).toEqual([304, '', headers.etag]);
  const another = await machine.ask('GET', path, { headers: { 'if-none-match': '"another"' } });
  expect([another.status, another.text.length]).toEqual([200, 5000]);
  expect(headers['content-disposition']).toBe("attachment; filename*=UTF-8''run.sh");
});

test('tags move with their version and are names for it', async () => {
  const { versions } = machine.client;
  expect(await versions.tag('mnist', 'raw', 1)).toMatchObject({ version: 1, tags: ['raw'] });
  expect(await versions.get('mnist', 'raw')).toMatchObject({ version: 1 });
  await versions.untag('mnist', 'raw');
  await expect(versions.get('mnist', 'raw')).rejects.toMatchObject({ code: 'version-unknown' });
});
