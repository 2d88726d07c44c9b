import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lake } from '../../core/src/lake/lake.ts';
import { openLake } from '../../core/src/lake/open.ts';
import { probeConditionalWrites } from '../../core/src/lake/probe.ts';
import { collect, directoryLakes, type Lakes, s3Lakes } from './lakes.ts';

const MiB = 2 ** 20;
const sha256 = (body: Uint8Array | undefined) => body && createHash('sha256').update(body).digest('hex');

describe.each([
  ['a folder', directoryLakes],
  ['SeaweedFS', s3Lakes],
])('a lake in %s', (_name, start) => {
  let lakes: Lakes;
  let lake: Lake;

  beforeAll(async () => {
    lakes = await start();
    lake = openLake(lakes.locate());
    await lake.create();
  });
  afterAll(async () => {
    lake?.close();
    await lakes?.stop();
  });

  test('is missing until it is made, and may be made twice', async () => {
    const fresh = openLake(lakes.locate());
    await expect(fresh.get('forebay.json')).rejects.toMatchObject({ code: 'lake-missing' });
    await expect(fresh.head('forebay.json')).rejects.toMatchObject({ code: 'lake-missing' });
    await expect(collect(fresh.list(''))).rejects.toMatchObject({ code: 'lake-missing' });
    await fresh.create();
    await fresh.create();
    expect(await fresh.get('forebay.json')).toBeUndefined();
    fresh.close();
  });

  test('gives back what was put, whole or any range of it', async () => {
    const body = randomBytes(100_000);
    await lake.put('packs/one.tar', body);
    expect(sha256(await lake.get('packs/one.tar'))).toBe(sha256(body));
    for (const [offset, length] of [
      [0, 1],
      [0, 100_000],
      [99_999, 1],
      [12_345, 54_321],
      [500, 0],
    ] as const) {
      const part = await lake.get('packs/one.tar', { range: { offset, length } });
      expect(sha256(part)).toBe(sha256(body.subarray(offset, offset + length)));
    }
    expect(await lake.head('packs/one.tar')).toBe(100_000);
  });

  test('knows the absent from the empty', async () => {
    await lake.put('empty', Buffer.of());
    expect(await lake.get('empty')).toHaveLength(0);
    expect(await lake.head('empty')).toBe(0);
    expect(await lake.get('absent')).toBeUndefined();
    expect(await lake.get('absent', { range: { offset: 0, length: 1 } })).toBeUndefined();
    expect(await lake.get('absent', { range: { offset: 0, length: 0 } })).toBeUndefined();
    expect(await lake.head('absent')).toBeUndefined();
  });

  test('an object shorter than the range that is asked for is damaged, never silently short', async () => {
    await lake.put('short', Buffer.from('0123456789'));
    for (const range of [
      { offset: 5, length: 6 },
      { offset: 10, length: 1 },
      { offset: 50, length: 5 },
    ]) {
      await expect(lake.get('short', { range })).rejects.toMatchObject({ code: 'damaged' });
    }
  });

  test('of 20 writers of one new object exactly one wins, and its bytes stay', async () => {
    for (let round = 0; round < 2; round++) {
      const bodies = Array.from({ length: 20 }, () => randomBytes(200));
      const key = `log/000000000${round}.json`;
      const answers = await Promise.all(bodies.map((body) => lake.putIfAbsent(key, body)));
      const winners = bodies.filter((_, at) => answers[at]?.created);
      expect(winners).toHaveLength(1);
      expect(sha256(await lake.get(key))).toBe(sha256(winners[0]));
      expect(await lake.putIfAbsent(key, Buffer.of(1))).toEqual({ created: false });
      expect(sha256(await lake.get(key))).toBe(sha256(winners[0]));
    }
  });

  test('passes the probe, which leaves nothing', async () => {
    const fresh = openLake(lakes.locate());
    await fresh.create();
    await probeConditionalWrites(fresh);
    expect(await collect(fresh.list(''))).toEqual([]);
    fresh.close();
  });

  test('lists what starts with a prefix in key order, with sizes, across pages', async () => {
    const keys = Array.from({ length: 1100 }, (_, at) => `many/a/${String(at).padStart(10, '0')}.json`);
    for (let at = 0; at < keys.length; at += 100) {
      await Promise.all(keys.slice(at, at + 100).map((key) => lake.put(key, Buffer.from('x'))));
    }
    for (const key of ['many/a0', 'many/b/c/d', 'manyother']) {
      await lake.put(key, Buffer.from('xyz'));
    }
    const listed = await collect(lake.list('many/'));
    const expected = [...keys, 'many/a0', 'many/b/c/d'].sort();
    expect(listed.map(({ key }) => key)).toEqual(expected);
    expect(new Set(listed.map(({ size }) => size))).toEqual(new Set([1, 3]));
    expect(await collect(lake.list('many/a/000000109'))).toHaveLength(10);
    expect(await collect(lake.list('nothing/'))).toEqual([]);
  });

  test('deletes; deleting nothing is no failure', async () => {
    await lake.put('doomed/one', Buffer.of(1));
    await lake.delete('doomed/one');
    await lake.delete('doomed/one');
    expect(await lake.get('doomed/one')).toBeUndefined();
    expect(await collect(lake.list('doomed/'))).toEqual([]);
  });

  test('tells its own time, and by it when each object was written', async () => {
    const before = await lake.now();
    await delay(1100);
    await lake.put('timed/one', Buffer.of(1));
    await delay(1100);
    const after = await lake.now();
    expect(after - before).toBeGreaterThanOrEqual(1000);
    expect(Math.abs(after - Date.now())).toBeLessThan(60_000);
    const [{ modified } = { modified: 0 }] = await collect(lake.list('timed/'));
    expect(modified).toBeGreaterThan(before);
    expect(modified).toBeLessThan(after);
    expect((await collect(lake.list(''))).every(({ key }) => !key.startsWith('.'))).toBe(true);
  });

  test('carries objects of 64 MiB, several at a time, and ranges of them', async () => {
    const bodies = Array.from({ length: 3 }, () => randomBytes(64 * MiB));
    await Promise.all(bodies.map((body, at) => lake.put(`packs/large${at}`, body)));
    const back = await Promise.all(bodies.map((_, at) => lake.get(`packs/large${at}`)));
    expect(back.map(sha256)).toEqual(bodies.map(sha256));
    const part = await lake.get('packs/large1', { range: { offset: 40 * MiB + 7, length: 9 * MiB } });
    expect(sha256(part)).toBe(sha256(bodies[1]?.subarray(40 * MiB + 7, 49 * MiB + 7)));
  });

  test('a cancelled put or get ends within a second, and nothing incomplete becomes visible', async () => {
    const body = randomBytes(64 * MiB);
    await lake.put('packs/whole', body);
    const controller = new AbortController();
    const { signal } = controller;
    const outcomes = Promise.allSettled([
      ...Array.from({ length: 4 }, (_, at) => lake.put(`packs/cancelled${at}`, body, { signal })),
      ...Array.from({ length: 4 }, () => lake.get('packs/whole', { signal })),
    ]);
    await delay(20);
    controller.abort();
    const begun = performance.now();
    const codes = (await outcomes).map((outcome) =>
      outcome.status === 'rejected' ? outcome.reason.code : 'done',
    );
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(codes).toContain('cancelled');
    expect(new Set(codes.filter((code) => code !== 'done'))).toEqual(new Set(['cancelled']));
    for (let at = 0; at < 4; at++)
      expect([undefined, 64 * MiB]).toContain(await lake.head(`packs/cancelled${at}`));
    await expect(lake.get('packs/whole', { signal })).rejects.toMatchObject({ code: 'cancelled' });
  });
});
