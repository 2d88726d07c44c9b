import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { tagVersion } from '../history.ts';
import { changedLake, control } from '../testing/lake.ts';
import { beginSyncing, type Syncing } from '../testing/syncing.ts';
import { readWorkingCopy } from '../workingCopy/workingCopy.ts';

let lake: Syncing['lake'];
let folder: Syncing['folder'];
let sync: Syncing['sync'];
let write: Syncing['write'];
let datasetOf: Syncing['datasetOf'];
let contents: Syncing['contents'];
beforeEach(async () => {
  ({ lake, folder, sync, write, datasetOf, contents } = await beginSyncing());
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
