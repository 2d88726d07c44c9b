import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toolsVenv } from '../support/python/venv.ts';
import { type Machine, newMachine } from './daemon.ts';

let machine: Machine;
beforeEach(async () => {
  machine = await newMachine();
  await machine.start();
});
afterEach(() => machine.remove());

const mega = (count: number) => randomBytes(count * 1_000_000);

/** A cache `tiny` of 5 MB, and datasets of 2 MB. */
async function tinyCache(...names: string[]): Promise<void> {
  await machine.client.caches.attach({ name: 'tiny', path: machine.path('tiny'), capacity: 5_000_000 });
  for (const name of names) await machine.dataset(name, { 'x.bin': mega(2) });
}

/** Mounted and given back, as a training run would. */
async function mounted(ref: string): Promise<void> {
  const holder = { kind: 'manual' } as const;
  const lease = await machine.client.leases.add({ ref, cache: 'tiny', holder });
  if (lease.job) await machine.client.jobs.follow(lease.job);
  await machine.client.leases.remove(lease.id);
}

async function there(): Promise<string[]> {
  return (await machine.client.placements.list()).map((each) => each.dataset).sort();
}

async function statsOfTiny() {
  const stats = (await machine.client.caches.stats()).find((each) => each.cache === 'tiny');
  if (!stats) throw new Error('no cache');
  return stats;
}

async function history() {
  const { items } = await machine.client.caches.history();
  return items.map(({ kind, dataset, reason, outcome, for: wanted }) => {
    return [kind, dataset, reason, outcome, wanted].filter((each) => each !== null).join(' ');
  });
}

describe('a pinned version', () => {
  test('makes no room, does not age out, and is cleared only once it is unpinned', async () => {
    await tinyCache('a', 'b', 'c');
    const { id, path } = await machine.cached('a', 'tiny');
    expect(await machine.client.placements.pin(id)).toMatchObject({ pinned: true, expires: null });
    await machine.cached('b', 'tiny');
    await machine.cached('c', 'tiny');
    expect(await there()).toEqual(['a', 'c']);
    await expect(machine.client.placements.remove(id)).rejects.toMatchObject({
      code: 'in-use',
      message: 'a@v1 is pinned.',
      hint: expect.stringContaining('forebay cache unpin a@v1'),
    });
    await expect(machine.client.caches.remove('tiny')).rejects.toMatchObject({
      code: 'in-use',
      message: "'tiny' holds a@v1, which is pinned.",
    });
    expect(await there()).toEqual(['a', 'c']);
    await machine.end();
    await machine.start();
    expect(await machine.client.placements.get(id)).toMatchObject({ pinned: true, state: 'ready' });
    expect(await machine.client.placements.unpin(id)).toMatchObject({
      pinned: false,
      expires: expect.any(String),
    });
    await machine.client.jobs.follow((await machine.client.placements.remove(id)).id);
    expect(existsSync(path ?? '')).toBe(false);
  });

  test('can be one that is still being filled', async () => {
    await machine.dataset('d', { 'a.bin': mega(20) });
    const begun = await machine.client.placements.add({ ref: 'd' });
    await machine.client.placements.pin(begun.id);
    const ready = await machine.cached('d');
    expect(ready).toMatchObject({ id: begun.id, pinned: true, state: 'ready' });
    await expect(machine.client.placements.pin('nothing')).rejects.toMatchObject({ code: 'not-cached' });
  });
});

describe('under pressure', () => {
  test('what is used over and over stays, what was looked at once goes, whatever came last', async () => {
    await tinyCache('daily', 'once', 'c');
    for (let i = 0; i < 5; i++) await mounted('daily');
    await mounted('once');
    await mounted('daily');
    await mounted('once');
    await machine.cached('c', 'tiny');
    expect(await there()).toEqual(['c', 'daily']);
  });

  test('who asks sees first what would go and why, and nothing happens until it is asked for', async () => {
    await tinyCache('a', 'b', 'c');
    await mounted('a');
    await mounted('a');
    await mounted('b');
    const plan = await machine.client.placements.plan({ ref: 'c', cache: 'tiny' });
    expect(plan).toMatchObject({ dataset: 'c', version: 1, cache: 'tiny', state: null, problem: null });
    expect(plan.bytes).toBeGreaterThan(2_000_000);
    expect(plan.evict).toMatchObject([
      {
        dataset: 'b',
        usesLastWeek: 1,
        why: expect.stringMatching(/^used once in the last week, .* to bring back$/),
      },
    ]);
    expect(await there()).toEqual(['a', 'b']);
    const order = (await statsOfTiny()).underPressure;
    expect(order.map((each) => [each.dataset, each.usesLastWeek])).toEqual([
      ['b', 1],
      ['a', 2],
    ]);
    await machine.cached('c', 'tiny');
    expect(await there()).toEqual(['a', 'c']);
    expect(await machine.client.placements.plan({ ref: 'c', cache: 'tiny' })).toMatchObject({
      state: 'ready',
      bytes: 0,
      evict: [],
    });
  });

  test('a plan of what never fits says why, and pushes out nothing', async () => {
    await tinyCache('a');
    await machine.dataset('big', { 'x.bin': mega(6) });
    await mounted('a');
    const plan = await machine.client.placements.plan({ ref: 'big', cache: 'tiny' });
    expect(plan).toMatchObject({ evict: [], problem: { code: 'no-space' } });
  });
});

test('a part is planned, pinned, counted and told of as itself', async () => {
  await tinyCache('b', 'c');
  await machine.dataset('a', { 'x/1.bin': mega(1), 'y/2.bin': mega(7) });
  const part = { ref: 'a', cache: 'tiny', include: ['x'] };
  const selection = { include: ['x'], exclude: [] };
  const plan = await machine.client.placements.plan(part);
  expect(plan).toMatchObject({ dataset: 'a', selection, state: null, evict: [], problem: null });
  expect(plan.bytes).toBeLessThan(2_000_000);
  const none = machine.client.placements.plan({ ...part, include: ['nothing'] });
  await expect(none).rejects.toMatchObject({ code: 'path-unknown' });
  const whole = await machine.client.placements.plan({ ref: 'a', cache: 'tiny' });
  expect(whole).toMatchObject({ selection: null, problem: { code: 'no-space' } });
  const begun = await machine.client.placements.add(part);
  if (begun.job) await machine.client.jobs.follow(begun.job);
  expect(await machine.client.placements.plan(part)).toMatchObject({ selection, state: 'ready', bytes: 0 });
  await machine.client.placements.pin(begun.id);
  await machine.cached('b', 'tiny');
  await machine.cached('c', 'tiny');
  expect(await there()).toEqual(['a', 'c']);
  await machine.client.placements.unpin(begun.id);
  const stats = await statsOfTiny();
  expect(stats.agesOut.map((each) => each.selection)).toEqual([null, selection]);
  expect(stats.underPressure.find((each) => each.dataset === 'a')).toMatchObject({
    selection,
    usesLastWeek: 1,
  });
  await machine.client.jobs.follow((await machine.client.placements.remove(begun.id)).id);
  const { items } = await machine.client.caches.history({ dataset: 'a' });
  expect(items).toMatchObject([
    { kind: 'eviction', reason: 'person', selection },
    { kind: 'fill', selection, bytes: 1_000_000, moved: 1_000_000 },
  ]);
});

test('every fill and eviction is in the history with its reason, also after a restart', async () => {
  await tinyCache('a', 'b', 'c');
  const { id } = await machine.cached('a', 'tiny');
  await mounted('b');
  await mounted('b');
  await mounted('c');
  await machine.end();
  await machine.start();
  for (const placement of await machine.client.placements.list()) {
    await machine.client.jobs.follow((await machine.client.placements.remove(placement.id)).id);
  }
  const all = await history();
  expect(all.slice(0, 2).sort()).toEqual(['eviction b person done', 'eviction c person done']);
  expect(all.slice(2)).toEqual([
    'fill c mount done',
    'eviction a pressure done c@v1',
    'fill b mount done',
    'fill a person done',
  ]);
  const { items } = await machine.client.caches.history({ limit: 2 });
  expect(items).toMatchObject([{ id: 6, cache: 'tiny', version: 1 }, { id: 5 }]);
  const [fill] = (await machine.client.caches.history({ cache: 'tiny', dataset: 'a' })).items.slice(-1);
  expect(fill).toMatchObject({ bytes: 2_000_000, moved: 2_000_000, seconds: expect.any(Number) });
  expect(id).not.toBe('');
});

test('stats and metrics tell room, hits, bytes served, evictions and what goes next', async () => {
  await tinyCache('a', 'b', 'c');
  await mounted('a');
  await mounted('a');
  await mounted('a');
  await machine.cached('b', 'tiny');
  await machine.cached('b', 'tiny');
  await machine.cached('c', 'tiny');
  const stats = await statsOfTiny();
  expect(stats).toMatchObject({
    capacity: 5_000_000,
    inodeCapacity: null,
    reserved: 0,
    placements: 2,
    hits: 3,
    misses: 3,
    servedBytes: 4_000_000,
    filledBytes: 6_000_000,
    fills: { mount: 1, person: 2 },
    evictions: { pressure: 1 },
  });
  expect(stats.used).toBeGreaterThan(4_000_000);
  expect(stats.used + stats.free).toBe(stats.capacity);
  expect(stats.agesOut.map((each) => each.dataset)).toEqual(['a', 'c']);
  const answer = await machine.ask('GET', '/metrics');
  expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(await parsedByPrometheus(answer.text)).toMatchObject({
    'forebay_cache_committed_bytes{cache=tiny}': 5_000_000,
    'forebay_cache_used_bytes{cache=tiny}': stats.used,
    'forebay_cache_hits_total{cache=tiny}': 3,
    'forebay_cache_misses_total{cache=tiny}': 3,
    'forebay_cache_served_bytes_total{cache=tiny}': 4_000_000,
    'forebay_cache_evictions_total{cache=tiny,reason=pressure}': 1,
    'forebay_cache_fills_total{cache=tiny,reason=person}': 2,
  });
});

/** By the parser of Prometheus' own client for Python. */
async function parsedByPrometheus(text: string): Promise<Record<string, number>> {
  const script = `
import json, sys
from prometheus_client.parser import text_string_to_metric_families
found = {}
for family in text_string_to_metric_families(sys.argv[1]):
    assert family.documentation and family.type in ("gauge", "counter"), family
    for s in family.samples:
        labels = ",".join(f"{k}={v}" for k, v in sorted(s.labels.items()))
        found[s.name + "{" + labels + "}"] = s.value
print(json.dumps(found))`;
  const { python } = await toolsVenv('prometheus', ['prometheus-client==0.26.0']);
  const { stdout } = await promisify(execFile)(python, ['-c', script, text]);
  return JSON.parse(stdout);
}
