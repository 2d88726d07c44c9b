import { chmod, mkdir, readFile, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Lake } from '../lake/lake.ts';
import { findDataset } from './catalog.ts';
import { readContent } from './content.ts';
import { diffVersions } from './diff.ts';
import { pickVersion, readHistory, tagVersion } from './history.ts';
import { openRepository } from './repository.ts';
import { initWorkingCopy, syncFolder } from './sync.ts';
import {
  changedLake,
  collect,
  control,
  entriesOf,
  noise,
  temporaryFolder,
  temporaryLake,
} from './testing/lake.ts';
import { readWorkingCopy } from './workingCopy.ts';

let lake: Lake;
let lakeId: string;
let folder: string;

beforeEach(async () => {
  lake = await temporaryLake();
  lakeId = (await openRepository(lake, { create: true })).id;
  folder = await workingCopy();
});

async function workingCopy(): Promise<string> {
  const made = await temporaryFolder();
  await initWorkingCopy({ lake, lakeId, folder: made, name: 'x', author: 'ann' });
  return made;
}

const sync = (options: object = {}, watch = control()) =>
  syncFolder({ lake, lakeId, folder, message: 'm', author: 'ann', replace: false, ...options }, watch);

const write = (path: string, content: string | Uint8Array, at = folder) => writeFile(join(at, path), content);

async function datasetOf() {
  const { id } = await findDataset(lake, 'x');
  return { id, history: await readHistory(lake, id) };
}

/** Path -> content, target, or 'folder', as the version has it. */
async function contents(number: number): Promise<Record<string, string>> {
  const { id, history } = await datasetOf();
  const { root } = pickVersion(history, 'x', { kind: 'number', number });
  const found: Record<string, string> = {};
  for (const entry of await entriesOf(lake, id, root)) {
    if (entry.kind === 'file') {
      const bytes = await readContent(lake, id, entry);
      found[entry.path] = `${entry.executable ? '* ' : ''}${Buffer.from(bytes)}`;
    } else found[entry.path] = entry.kind === 'link' ? `-> ${entry.target}` : 'folder';
  }
  return found;
}

const objects = async () => (await collect(lake.list('datasets/'))).map(({ key }) => key);

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

describe('a commit', () => {
  test('whose answer was lost is found by the next command, and is not made twice', async () => {
    await write('a', '1');
    const losing = changedLake(lake, {
      putIfAbsent: async (key, body) => {
        await lake.putIfAbsent(key, body);
        losing.get = () => Promise.reject(new Error('The network is down.'));
        throw new Error('The network is down.');
      },
    });
    await expect(sync({ lake: losing })).rejects.toThrow('The network is down.');
    expect((await readWorkingCopy(folder)).base).toBe(0);
    expect(await sync()).toMatchObject({ version: 1, uploadedBytes: 0 });
    expect(await readWorkingCopy(folder)).toMatchObject({ base: 1, pending: [] });
    expect(await contents(1)).toEqual({ a: '1' });
  });

  test('that never arrived is made by the next sync', async () => {
    await write('a', '1');
    const down = changedLake(lake, { putIfAbsent: () => Promise.reject(new Error('The network is down.')) });
    await expect(sync({ lake: down })).rejects.toThrow('The network is down.');
    expect((await readWorkingCopy(folder)).pending).toHaveLength(1);
    expect(await sync()).toMatchObject({ version: 1, added: 1 });
    expect((await readWorkingCopy(folder)).pending).toEqual([]);
  });

  /** Loses the first commit request's answer; `arrive` then lets the request arrive after all. */
  function lateLake() {
    const late = { requests: 0, arrive: async () => {} };
    const slow = changedLake(lake, {
      putIfAbsent: async (key, body) => {
        if (late.requests++ > 0) return lake.putIfAbsent(key, body);
        late.arrive = async () => {
          late.arrive = async () => {};
          await lake.putIfAbsent(key, body);
        };
        return { created: false };
      },
    });
    return { late, slow };
  }

  test.each([false, true])(
    'that arrives after it was looked for in vain is ours (replace: %s)',
    async (replace) => {
      await write('a', '1');
      const { late, slow } = lateLake();
      slow.get = async (key, options) => {
        const found = await lake.get(key, options);
        if (key.includes('/log/') && !found) await late.arrive();
        return found;
      };
      expect(await sync({ lake: slow, replace })).toMatchObject({ version: 1, added: 1 });
      expect((await datasetOf()).history.versions).toHaveLength(1);
      expect(await contents(1)).toEqual({ a: '1' });
      expect(await sync()).toMatchObject({ version: 1, uploadedBytes: 0 });
    },
  );

  test.each(['an error', 'a cancel'])(
    'that arrives after %s ended its sync has all its objects',
    async (end) => {
      await write('a', '1');
      const { late, slow } = lateLake();
      const abort = new AbortController();
      slow.get = (key, options) => {
        if (late.requests === 0) return lake.get(key, options);
        if (end === 'a cancel') abort.abort();
        return Promise.reject(new Error('The network is down.'));
      };
      await expect(sync({ lake: slow }, control(abort.signal))).rejects.toThrow('The network is down.');
      await late.arrive();
      expect(await contents(1)).toEqual({ a: '1' });
      await write('b', '2');
      expect(await sync()).toMatchObject({ version: 2, added: 1 });
      expect(await contents(1)).toEqual({ a: '1' });
    },
  );

  test('that arrives while the next sync of the folder commits is not taken for somebody else’s', async () => {
    await write('a', '1');
    const { late, slow } = lateLake();
    slow.get = (key, options) =>
      late.requests === 0 ? lake.get(key, options) : Promise.reject(new Error('The network is down.'));
    await expect(sync({ lake: slow })).rejects.toThrow('The network is down.');
    await write('b', '2');
    const racing = changedLake(lake, {
      putIfAbsent: async (key, body) => {
        await late.arrive();
        return lake.putIfAbsent(key, body);
      },
    });
    expect(await sync({ lake: racing })).toMatchObject({ version: 2, added: 1 });
    expect([await contents(1), await contents(2)]).toEqual([{ a: '1' }, { a: '1', b: '2' }]);
  });

  test('that a kill cut off from its working copy keeps its packs, whatever the next syncs do', async () => {
    for (let i = 0; i < 20; i++) await write(`f${i}`, `content ${i}`);
    await setTimeout(100);
    const kept = new Map<string, Buffer>();
    const names = ['uploaded', 'working-copy.json'].map((name) => join(folder, '.forebay', name));
    const [journal = '', state = ''] = names;
    const watched = changedLake(lake, {
      putIfAbsent: async (key, body) => {
        for (const name of names) kept.set(name, await readFile(name));
        return lake.putIfAbsent(key, body);
      },
    });
    await sync({ lake: watched });
    const first = await contents(1);
    // As a kill at each of the steps after the commit may leave them.
    for (const back of [[journal], [journal, state], [state]]) {
      for (const cancelled of [true, false]) {
        for (const name of back) await writeFile(name, kept.get(name) as Buffer);
        await rm(join(folder, '.forebay/index'), { force: true });
        const abort = new AbortController();
        const report = ({ phase }: { phase: string }) =>
          void (phase === 'packing' && cancelled && abort.abort());
        await sync({ replace: true }, { signal: abort.signal, report }).catch(() => undefined);
        expect(await contents(1)).toEqual(first);
      }
    }
  });

  test('stands, with all its objects, where the folder can’t be written any more', async () => {
    await write('a', '1');
    const full = changedLake(lake, {
      putIfAbsent: async (key, body) => {
        const answer = await lake.putIfAbsent(key, body);
        await rm(join(folder, '.forebay'), { recursive: true });
        await writeFile(join(folder, '.forebay'), 'in the way');
        return answer;
      },
    });
    await expect(sync({ lake: full })).rejects.toMatchObject({ code: 'file-unreadable' });
    expect(await contents(1)).toEqual({ a: '1' });
  });

  test('that a tag overtook is made after it', async () => {
    await write('a', '1');
    await sync();
    await write('a', '2');
    const { id } = await datasetOf();
    let overtaken = false;
    const slow = changedLake(lake, {
      putIfAbsent: async (key, body) => {
        if (!overtaken) {
          overtaken = true;
          await tagVersion(lake, id, 1, 'raw', 'bob');
        }
        return lake.putIfAbsent(key, body);
      },
    });
    expect(await sync({ lake: slow })).toMatchObject({ version: 2 });
    expect((await datasetOf()).history.versions.map(({ tags }) => tags)).toEqual([['raw'], []]);
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

describe('what was uploaded before a failure', () => {
  const files = 40;
  const packs = async () => (await objects()).filter((key) => key.endsWith('.tar'));

  beforeEach(async () => {
    for (let i = 0; i < files; i++) await write(`f${i}`, noise(50_000, i));
    await setTimeout(100);
    const broken = changedLake(lake, {
      put: (key, body, options) =>
        key.includes('/roots/')
          ? Promise.reject(new Error('The network is down.'))
          : lake.put(key, body, options),
    });
    await expect(sync({ lake: broken })).rejects.toThrow('The network is down.');
    expect(await packs()).toHaveLength(1);
    expect((await objects()).filter((key) => !key.endsWith('.tar'))).toEqual([]);
  });

  test('is not sent again by the next attempt', async () => {
    await write('f1', 'changed since');
    const result = await sync();
    expect(result).toMatchObject({ version: 1, files });
    expect(result.uploadedBytes).toBeLessThan(20_000);
    const found = await contents(1);
    expect(found.f1).toBe('changed since');
    expect(found.f7).toBe(noise(50_000, 7).toString());
    await expect(readFile(join(folder, '.forebay/uploaded'))).rejects.toThrow('ENOENT');
  });

  test('is sent again where it is gone or named as garbage', async () => {
    const [pack = ''] = await packs();
    const { id } = await datasetOf();
    const record = { id: 'a'.repeat(26), time: new Date().toISOString(), author: 'gc' };
    const collect = { kind: 'collect', ...record, objects: [pack.replace(`datasets/${id}/`, '')] };
    await lake.putIfAbsent(`datasets/${id}/log/0000000001.json`, Buffer.from(JSON.stringify(collect)));
    expect((await sync()).uploadedBytes).toBeGreaterThan(files * 50_000);
    await lake.delete(pack);
    expect((await contents(1)).f7).toBe(noise(50_000, 7).toString());
  });

  test('is there for the attempt after one that is cancelled, which leaves nothing of its own', async () => {
    const before = await objects();
    await write('more', noise(50_000, 99));
    await setTimeout(100);
    const abort = new AbortController();
    const watch = {
      signal: abort.signal,
      report: ({ phase }: { phase: string }) => void (phase === 'committing' && abort.abort()),
    };
    await expect(sync({}, watch)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await objects()).toEqual(before);
    const { uploadedBytes } = await sync();
    expect(uploadedBytes).toBeGreaterThan(50_000);
    expect(uploadedBytes).toBeLessThan(70_000);
  });
});

test.each(['/log/', '/roots/', '/pages/'])(
  'a sync that waits for a store that doesn’t answer for %s is cancelled at once',
  async (stalled) => {
    for (let i = 0; i < 600; i++) await write(`f${i}`, '');
    await sync();
    await write('new', '');
    const abort = new AbortController();
    let waiting = false;
    const stalling = changedLake(lake, {
      get: (key, options) => {
        if (!key.includes(stalled)) return lake.get(key, options);
        waiting = true;
        return new Promise((_, reject) => {
          options?.signal?.addEventListener('abort', () => reject(options.signal?.reason));
        });
      },
    });
    const syncing = sync({ lake: stalling }, control(abort.signal));
    const outcome = expect(syncing).rejects.toMatchObject({ code: 'cancelled' });
    while (!waiting) await setTimeout(5);
    const start = performance.now();
    abort.abort();
    await outcome;
    expect(performance.now() - start).toBeLessThan(900);
  },
);
