import { chmod, mkdir, rename, rm, symlink, truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { findDataset } from './catalog.ts';
import { readContent } from './content.ts';
import { diffVersions } from './diff.ts';
import { initWorkingCopy } from './sync.ts';
import { entriesOf, temporaryFolder } from './testing/lake.ts';
import { beginSyncing, type Syncing } from './testing/syncing.ts';

let lake: Syncing['lake'];
let lakeId: Syncing['lakeId'];
let folder: Syncing['folder'];
let workingCopy: Syncing['workingCopy'];
let sync: Syncing['sync'];
let write: Syncing['write'];
let datasetOf: Syncing['datasetOf'];
let contents: Syncing['contents'];
let objects: Syncing['objects'];
beforeEach(async () => {
  ({ lake, lakeId, folder, workingCopy, sync, write, datasetOf, contents, objects } = await beginSyncing());
});

describe('a sync', () => {
  test('makes a version of the folder, and one of every change', async () => {
    await mkdir(join(folder, 'a/empty'), { recursive: true });
    await write('a/b', 'hello');
    await write('c', '');
    await write('run.sh', '#!');
    await chmod(join(folder, 'run.sh'), 0o755);
    await symlink('../c', join(folder, 'a/l'));
    const first = await sync({ message: 'begin' });
    expect(first).toMatchObject({ version: 1, files: 3, bytes: 7, added: 5, changed: 0, removed: 0 });
    expect(await contents(1)).toEqual({
      'a/b': 'hello',
      'a/empty': 'folder',
      'a/l': '-> ../c',
      c: '',
      'run.sh': '* #!',
    });
    await write('a/b', 'world!');
    await chmod(join(folder, 'run.sh'), 0o644);
    await rm(join(folder, 'c'));
    await write('a/empty/d', 'x');
    const second = await sync();
    expect(second).toMatchObject({ version: 2, added: 1, changed: 2, removed: 2, files: 3, bytes: 9 });
    expect(await contents(2)).toEqual({
      'a/b': 'world!',
      'a/empty/d': 'x',
      'a/l': '-> ../c',
      'run.sh': '#!',
    });
    const { id, history } = await datasetOf();
    const [v1, v2] = history.versions;
    expect(v2).toMatchObject({ parents: [1], author: 'ann', digest: second.digest });
    expect(v1).toMatchObject({ message: 'begin', digest: first.digest, parents: [] });
    if (!v1 || !v2) throw new Error();
    expect(v2.changes).not.toBeNull();
    expect(await diffVersions(lake, id, v1, v2)).toEqual(
      await diffVersions(lake, id, v1, { ...v2, changes: null }),
    );
  });

  test('of what is the same gives the same version again and uploads nothing', async () => {
    await write('a', '1');
    const first = await sync();
    const before = await objects();
    expect(await sync()).toEqual({ ...first, added: 0, uploadedBytes: 0 });
    const later = new Date(Date.now() + 5000);
    await utimes(join(folder, 'a'), later, later);
    expect(await sync()).toMatchObject({ version: 1, digest: first.digest, uploadedBytes: 0 });
    expect(await objects()).toEqual(before);
  });

  test('uploads a moved file no second time', async () => {
    await write('big', Buffer.alloc(300_000, 7));
    await sync();
    await mkdir(join(folder, 'sub'));
    await rename(join(folder, 'big'), join(folder, 'sub/big'));
    const moved = await sync();
    expect(moved).toMatchObject({ version: 2, added: 1, removed: 1 });
    expect(moved.uploadedBytes).toBeLessThan(5000);
    expect(Object.keys(await contents(2))).toEqual(['sub/big']);
  });

  test('of a large file cuts it into parts', async () => {
    await write('small', 'x');
    await write('large', 'begin');
    await truncate(join(folder, 'large'), 70 * 2 ** 20);
    await sync();
    const { id, history } = await datasetOf();
    const entries = await entriesOf(lake, id, history.versions[0]?.root ?? '');
    const large = entries.find((entry) => entry.path === 'large');
    if (large?.kind !== 'file') throw new Error();
    expect(large.parts.length).toBeGreaterThan(4);
    const head = await readContent(lake, id, large, { offset: 0, length: 6 });
    expect(Buffer.from(head).toString()).toBe('begin\0');
    expect(await readContent(lake, id, large, { offset: 70 * 2 ** 20 - 3, length: 3 })).toHaveLength(3);
    await rename(join(folder, 'large'), join(folder, 'larger'));
    expect((await sync()).uploadedBytes).toBeLessThan(5000);
  });

  test('of an empty folder makes an empty version', async () => {
    expect(await sync()).toMatchObject({ version: 1, files: 0, bytes: 0, added: 0 });
    expect(await sync()).toMatchObject({ version: 1, uploadedBytes: 0 });
  });

  test('retries a file that changes while it is read, and names one that never rests', async () => {
    await write('restless', 'x'.repeat(100));
    let writing = true;
    const writer = (async () => {
      for (let i = 0; writing; i++) {
        await write('restless', 'y'.repeat(100 + i));
        await setTimeout(1);
      }
    })();
    const failing = await Promise.allSettled([sync()]);
    writing = false;
    await writer;
    const [outcome] = failing;
    if (outcome?.status === 'rejected') {
      expect(outcome.reason).toMatchObject({
        code: 'file-changed',
        message: expect.stringContaining('restless'),
      });
    }
    expect(await sync()).toMatchObject({ files: 1 });
  });

  test.skipIf(process.getuid?.() === 0)('names a file that it may not read', async () => {
    await write('secret', 'x');
    await chmod(join(folder, 'secret'), 0);
    await expect(sync()).rejects.toMatchObject({ code: 'file-unreadable', message: /secret.*may not read/ });
  });

  test('that is cancelled leaves nothing in the lake, and the next one finishes', async () => {
    for (let i = 0; i < 300; i++) await write(`f${i}`, Buffer.alloc(20_000, i));
    const before = await objects();
    for (const phase of ['scanning', 'packing', 'committing']) {
      const abort = new AbortController();
      const watch = {
        signal: abort.signal,
        report: (tally: { phase: string }) => void (tally.phase === phase && abort.abort()),
      };
      if (phase === 'scanning') abort.abort();
      await expect(sync({}, watch)).rejects.toMatchObject({ code: 'cancelled' });
      expect(await objects()).toEqual(before);
    }
    expect(await sync()).toMatchObject({ version: 1, files: 300 });
  });
});

describe('two working copies', () => {
  test('never overwrite each other: the second learns who was first, and may replace it', async () => {
    const other = await workingCopy();
    await write('a', 'from the first');
    await write('a', 'from the second', other);
    await write('b', 'only here', other);
    await sync({ message: 'I was first' });
    const late = { folder: other, author: 'bob' };
    await expect(sync(late)).rejects.toMatchObject({
      code: 'newer-version',
      message: expect.stringMatching(/^ann made x@v1 on .*"I was first"/),
    });
    expect(await sync({ ...late, replace: true })).toMatchObject({ version: 2, added: 1, changed: 1 });
    expect(await contents(2)).toEqual({ a: 'from the second', b: 'only here' });
    await expect(sync()).rejects.toMatchObject({ code: 'newer-version' });
    expect(await sync({ replace: true })).toMatchObject({ version: 3, removed: 1, changed: 1 });
    expect(await contents(3)).toEqual({ a: 'from the first' });
  });

  test('that sync at the same instant make one version, or two with --replace', async () => {
    const copies = await Promise.all([workingCopy(), workingCopy(), workingCopy()]);
    await Promise.all(copies.map((copy, i) => write('who', String(i), copy)));
    const outcomes = await Promise.allSettled(
      copies.map((copy, i) => sync({ folder: copy, author: `p${i}` })),
    );
    const [won, lost] = [
      outcomes.filter(({ status }) => status === 'fulfilled'),
      outcomes.filter((outcome) => outcome.status === 'rejected'),
    ];
    expect([won.length, lost.length]).toEqual([1, 2]);
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    for (const { reason } of lost) {
      expect(reason).toMatchObject({
        code: 'newer-version',
        message: expect.stringContaining(`p${winner} made x@v1`),
      });
    }
    expect(await contents(1)).toEqual({ who: String(winner) });
    const replaced = await Promise.all(copies.map((copy) => sync({ folder: copy, replace: true })));
    expect(new Set(replaced.map(({ version }) => version)).size).toBeGreaterThan(1);
  });
});

test('a folder stays one dataset’s working copy', async () => {
  const again = { lake, lakeId, folder, author: 'ann' };
  await expect(initWorkingCopy({ ...again, name: 'x' })).resolves.toMatchObject({ dataset: 'x', base: 0 });
  await expect(initWorkingCopy({ ...again, name: 'y' })).rejects.toMatchObject({ code: 'bad-request' });
  await expect(findDataset(lake, 'y')).rejects.toMatchObject({ code: 'dataset-unknown' });
  await expect(initWorkingCopy({ ...again, lakeId: 'other', name: 'x' })).rejects.toMatchObject({
    code: 'lake-other',
  });
  await expect(sync({ lakeId: 'other' })).rejects.toMatchObject({ code: 'lake-other' });
  await expect(sync({ folder: await temporaryFolder() })).rejects.toMatchObject({
    code: 'not-a-working-copy',
  });
});
