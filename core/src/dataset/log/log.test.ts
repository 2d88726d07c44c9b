import { describe, expect, test } from 'vitest';
import type { Lake } from '../../lake/lake.ts';
import { openLake } from '../../lake/open.ts';
import { createDataset, findDataset, listDatasets } from '../catalog.ts';
import { pickVersion, readHistory, tagVersion, untagVersion } from '../history.ts';
import { keyOf, randomName } from '../names.ts';
import { changedLake, collect, sha256, temporaryLake } from '../testing/lake.ts';
import { catalogLog, catalogPrefix, datasetLog } from './kinds.ts';
import { appendRecord, checkpointEvery } from './log.ts';
import type { CommitRecord, DatasetLogRecord } from './records.ts';

const stamp = () => ({ id: randomName(), time: '2026-01-02T03:04:05.678Z', author: 'ann' });
const dataset = randomName();
const log = keyOf.log(dataset);

function commit(version: number, more: object = {}): CommitRecord {
  const counts = { files: 1, bytes: 1, added: 1, changed: 0, removed: 0 };
  const parents = version === 1 ? [] : [version - 1];
  const names = { root: randomName(), changes: null, digest: `sha256:${sha256()}` };
  return { kind: 'commit', ...stamp(), version, parents, message: '', ...counts, ...names, ...more };
}

/** As another machine would see the lake: nothing known yet. */
const anew = (lake: Lake) => openLake({ url: lake.url });

async function write(lake: Lake, records: object[], from = 1): Promise<void> {
  for (const [i, record] of records.entries()) {
    const key = `${log}${String(from + i).padStart(10, '0')}.json`;
    expect((await lake.putIfAbsent(key, Buffer.from(JSON.stringify(record)))).created).toBe(true);
  }
}

const append = (lake: Lake, record: (seq: number) => DatasetLogRecord) =>
  appendRecord(lake, log, datasetLog, (state) => record(state.commits.length + 1));

describe('a dataset log', () => {
  test('of version 1 is read whole: every kind, unknown fields, and in order', async () => {
    const lake = await temporaryLake();
    const [root, commits] = [randomName(), [1, 2, 3].map((version) => commit(version, { colour: 'blue' }))];
    await write(lake, [
      ...commits,
      { kind: 'tag', ...stamp(), tag: 'raw', version: 1, later: { field: 1 } },
      { kind: 'tag', ...stamp(), tag: 'gone', version: 2 },
      { kind: 'tag', ...stamp(), tag: 'moved', version: 1 },
      { kind: 'untag', ...stamp(), tag: 'moved' },
      { kind: 'tag', ...stamp(), tag: 'moved', version: 3 },
      { kind: 'remove', ...stamp(), version: 2 },
      { kind: 'relocate', ...stamp(), version: 3, root },
      { kind: 'collect', ...stamp(), objects: ['packs/x.tar'] },
    ]);
    const history = await readHistory(lake, dataset);
    expect(history.versions.map(({ version, tags }) => [version, tags])).toEqual([
      [1, ['raw']],
      [3, ['moved']],
    ]);
    expect(history.versions[1]).toMatchObject({ root, digest: commits[2]?.digest, commit: commits[2]?.id });
    expect(history.newest).toBe(3);
    expect([...history.tags]).toEqual([
      ['raw', 1],
      ['moved', 3],
    ]);
  });

  test('with a record of an unknown kind is refused, not guessed at', async () => {
    const lake = await temporaryLake();
    await write(lake, [commit(1), { kind: 'fork', ...stamp() }]);
    await expect(readHistory(lake, dataset)).rejects.toMatchObject({ code: 'lake-feature' });
  });

  test.each(['{', '{"kind":"commit"}', '[]', 'null'])('with the record %j is damaged', async (text) => {
    const lake = await temporaryLake();
    await lake.putIfAbsent(`${log}0000000001.json`, Buffer.from(text));
    await expect(readHistory(lake, dataset)).rejects.toMatchObject({ code: 'damaged' });
  });

  test('that others append to at once has each record once', async () => {
    const lake = await temporaryLake();
    const writers = Array.from({ length: 8 }, () => anew(lake));
    const made = await Promise.all(
      writers.flatMap((writer) => [1, 2, 3].map(() => append(writer, (version) => commit(version)))),
    );
    expect(made.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 24 }, (_, i) => i + 1),
    );
    const { versions } = await readHistory(anew(lake), dataset);
    expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
  });

  test('has a checkpoint after every 64th record, the same whoever writes it, and readers start there', async () => {
    const lake = await temporaryLake();
    for (let i = 0; i < checkpointEvery; i++) await append(lake, (version) => commit(version, { extra: i }));
    const key = `${log}0000000064.checkpoint`;
    const first = Buffer.from((await lake.get(key)) ?? []);
    await lake.delete(key);
    await lake.delete(`${log}0000000064.json`);
    const last = commit(64, { extra: 63 });
    await append(anew(lake), () => ({ ...last, ...JSON.parse(first.toString()).commits[63] }));
    expect(Buffer.from((await lake.get(key)) ?? []).toString()).toBe(first.toString());
    await append(lake, (version) => commit(version));
    for (let seq = 1; seq < 60; seq++) await lake.delete(`${log}${String(seq).padStart(10, '0')}.json`);
    const { versions } = await readHistory(anew(lake), dataset);
    expect(versions).toHaveLength(65);
  });

  test('with the checkpoint of a later Forebay, which says more, is read from its records', async () => {
    const lake = await temporaryLake();
    await write(
      lake,
      Array.from({ length: 64 }, (_, i) => (i === 30 ? { kind: 'fork', ...stamp() } : commit(i + 1))),
    );
    const state = { seq: 64, commits: [], roots: {}, removed: [], tags: {}, collects: [], forks: [31] };
    await lake.put(`${log}0000000064.checkpoint`, Buffer.from(JSON.stringify(state)));
    await expect(readHistory(lake, dataset)).rejects.toMatchObject({ code: 'lake-feature' });
  });

  test('with a damaged checkpoint is read from its records', async () => {
    const lake = await temporaryLake();
    await write(
      lake,
      Array.from({ length: 64 }, (_, i) => commit(i + 1)),
    );
    await lake.put(`${log}0000000064.checkpoint`, Buffer.from('{"seq":64}'));
    expect((await readHistory(lake, dataset)).versions).toHaveLength(64);
  });

  test('takes a record that arrives after it was looked for in vain as made, and asks nobody again', async () => {
    const lake = await temporaryLake();
    let arrive: (() => Promise<unknown>) | undefined;
    const late = changedLake(lake, {
      putIfAbsent: async (key, body) => {
        arrive ??= () => lake.putIfAbsent(key, body);
        return { created: false };
      },
      get: async (key, options) => {
        const found = await lake.get(key, options);
        if (!found) await arrive?.();
        return found;
      },
    });
    let asked = 0;
    const made = await append(late, (version) => commit(version, { asked: ++asked }));
    expect([made.seq, asked]).toEqual([1, 1]);
    expect((await readHistory(anew(lake), dataset)).versions).toHaveLength(1);
  });

  test('gives up a record that a store which still can be read never takes', async () => {
    const lake = await temporaryLake();
    let requests = 0;
    const stalling = changedLake(lake, {
      putIfAbsent: async () => ({ created: ++requests > 9 }),
    });
    await expect(append(stalling, (version) => commit(version))).rejects.toMatchObject({
      code: 'lake-unreachable',
    });
    expect(requests).toBe(3);
  });

  test('shows a record as soon as it is there, and forgets a lake that was made anew', async () => {
    const lake = await temporaryLake();
    await append(lake, (version) => commit(version));
    await write(lake, [commit(2)], 2);
    expect((await readHistory(lake, dataset)).versions).toHaveLength(2);
    for (const { key } of await collect(lake.list(log))) await lake.delete(key);
    await write(lake, [commit(1)]);
    expect((await readHistory(lake, dataset)).versions).toHaveLength(1);
  });

  test('takes an answer that was lost for what it was', async () => {
    const lake = await temporaryLake();
    const losing = changedLake(lake, {
      putIfAbsent: async (key, body) => {
        await lake.putIfAbsent(key, body);
        throw new Error('The answer was lost.');
      },
    });
    const record = commit(1);
    await expect(append(losing, () => record)).resolves.toMatchObject({ seq: 1, record });
  });
});

describe('a version', () => {
  test('is found by number, tag, digest, and as the latest; else the newest is named', async () => {
    const lake = await temporaryLake();
    const digest = `sha256:0123456789${'a'.repeat(54)}`;
    await write(lake, [commit(1), commit(2, { digest }), commit(3)]);
    await tagVersion(lake, dataset, 2, 'raw', 'ann');
    const history = await readHistory(lake, dataset);
    const pick = (selector: Parameters<typeof pickVersion>[2]) => pickVersion(history, 'x', selector).version;
    expect(pick({ kind: 'latest' })).toBe(3);
    expect(pick({ kind: 'number', number: 1 })).toBe(1);
    expect(pick({ kind: 'tag', tag: 'raw' })).toBe(2);
    expect(pick({ kind: 'digest', prefix: '01234567' })).toBe(2);
    expect(() => pick({ kind: 'number', number: 4 })).toThrow("x@v4 doesn't exist");
    expect(() => pick({ kind: 'tag', tag: 'constructor' })).toThrow("doesn't exist");
    try {
      pick({ kind: 'tag', tag: 'nope' });
    } catch (error) {
      expect(error).toMatchObject({
        code: 'version-unknown',
        hint: 'The newest version is x@v3. Its tags: raw.',
      });
    }
  });

  test('has a tag until it is taken off; a tag is on one version only', async () => {
    const lake = await temporaryLake();
    await write(lake, [commit(1), commit(2)]);
    await tagVersion(lake, dataset, 1, 'constructor', 'ann');
    await tagVersion(lake, dataset, 1, 'constructor', 'ann');
    await expect(tagVersion(lake, dataset, 2, 'constructor', 'bob')).rejects.toMatchObject({
      code: 'tag-exists',
    });
    await expect(tagVersion(lake, dataset, 9, 'x', 'bob')).rejects.toMatchObject({ code: 'version-unknown' });
    await expect(tagVersion(lake, dataset, 1, 'v1', 'bob')).rejects.toMatchObject({ code: 'bad-name' });
    await untagVersion(lake, dataset, 'constructor', 'ann');
    await expect(untagVersion(lake, dataset, 'constructor', 'ann')).rejects.toMatchObject({
      code: 'version-unknown',
    });
    expect((await readHistory(lake, dataset)).tags.size).toBe(0);
  });
});

describe('the catalogue', () => {
  const create = (lake: Lake, name: string) => createDataset(lake, { name, description: 'd', author: 'ann' });

  test('of many writers has each name once', async () => {
    const lake = await temporaryLake();
    const made = await Promise.allSettled(Array.from({ length: 8 }, () => create(anew(lake), 'same')));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = made.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'dataset-exists' });
    expect(await listDatasets(lake)).toHaveLength(1);
  });

  test('follows renames, descriptions and deletions, and names the nearest for an unknown one', async () => {
    const lake = await temporaryLake();
    const [xray, gone] = [await create(lake, 'chest-xrays'), await create(lake, 'gone')];
    const edits = [
      { kind: 'rename', dataset: xray.id, name: 'chest-xray' },
      { kind: 'describe', dataset: xray.id, description: 'lungs' },
      { kind: 'delete', dataset: gone.id },
      { kind: 'home', endpoint: 'https://grid.example' },
    ];
    for (const edit of edits) {
      await appendRecord(lake, catalogPrefix, catalogLog, () => ({ ...stamp(), ...edit }) as never);
    }
    expect(await listDatasets(anew(lake))).toEqual([{ ...xray, name: 'chest-xray', description: 'lungs' }]);
    await expect(findDataset(lake, 'chest-xrai')).rejects.toMatchObject({
      code: 'dataset-unknown',
      hint: 'Did you mean chest-xray?',
    });
    expect((await create(lake, 'gone')).id).not.toBe(gone.id);
  });

  test('with a feature of a later Forebay is refused, also where only a checkpoint tells', async () => {
    const lake = await temporaryLake();
    const key = (seq: number, end: string) => `catalog/${String(seq).padStart(10, '0')}.${end}`;
    for (let seq = 1; seq <= 64; seq++) {
      const record = { kind: 'feature', ...stamp(), feature: 'encryption' };
      await lake.putIfAbsent(key(seq, 'json'), Buffer.from(JSON.stringify(record)));
    }
    const refused = { code: 'lake-feature' };
    await expect(listDatasets(anew(lake))).rejects.toMatchObject(refused);
    const state = { ...catalogLog.empty(), seq: 64, features: ['encryption'] };
    await lake.put(key(64, 'checkpoint'), Buffer.from(JSON.stringify(state)));
    await lake.delete(key(1, 'json'));
    await expect(listDatasets(anew(lake))).rejects.toMatchObject(refused);
    await expect(create(anew(lake), 'x')).rejects.toMatchObject(refused);
  });
});
