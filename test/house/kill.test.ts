import { existsSync } from 'node:fs';
import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isForebayError } from '../../core/src/api/errors.ts';
import type { Job, SyncResult, VerifyResult } from '../../core/src/api/schemas.ts';
import { Client } from '../../core/src/client/index.ts';
import { ensureDaemon, socketPathOf, unixTransport } from '../../core/src/daemon/launch/index.ts';
import { type Instant, Tracer } from '../support/crash.ts';
import { type Home, newHome, program } from '../support/home.ts';
import { fingerprint, generate, seeded } from '../support/tree.ts';

/** What the daemon is doing, told from the path that it is about to touch, and in which of a person's steps. */
const phases = {
  sync: {
    step: 'sync',
    path: /lake\/(\.tmp\/|datasets\/[^/]+\/(packs|pages|roots|changes)\/)|work\/\.forebay\//,
  },
  commit: { step: 'sync', path: /lake\/datasets\/[^/]+\/log\// },
  fill: { step: 'fill', path: /cache\/\.forebay\/staging\// },
  publish: { step: 'fill', path: /cache\/datasets\// },
  evict: { step: 'evict', path: /cache\/(\.forebay\/trash|datasets)\// },
} as const;
type Phase = keyof typeof phases;
const order: Phase[] = ['commit', 'publish', 'evict', 'fill', 'sync'];
const phaseOf = (step: string, line: string) =>
  order.find((phase) => phases[phase].step === step && phases[phase].path.test(line));

let home: Home;
let work: string;
let client: Client;
const profile = new Map<Phase, Instant[]>();
const killed = new Map<string, number>();

beforeAll(async () => {
  // With one thread for files, the n-th call is the same call in every run.
  home = await newHome({ UV_THREADPOOL_SIZE: '1' });
  work = home.path('work');
  client = new Client(unixTransport(socketPathOf(home.state, home.env)));
  await generate(work, { count: 120, min: 1000, max: 60_000, seed: 7 });
  await start();
  await client.workingCopies.create({ folder: work, dataset: 't' });
  await done(await client.workingCopies.sync({ folder: work }));

  // Once untraced, so that what only a first fill does is done.
  await fill();
  await evictAll();
  await change(0);
  for (const step of Object.values(steps)) {
    const tracer = await Tracer.attach(await start(), home.path('strace.log'));
    await step();
    await tracer.detach();
    for (const phase of order.filter((phase) => steps[phases[phase].step] === step)) {
      profile.set(phase, await tracer.instants((line) => phaseOf(phases[phase].step, line) === phase));
    }
  }
});
afterAll(() => home.remove());

async function start(): Promise<number> {
  const { hello } = await ensureDaemon({ home: home.state, env: home.env, bundle: program });
  return hello.pid;
}

async function done<T>(job: Job, signal?: AbortSignal): Promise<T> {
  return (await client.jobs.follow(job.id, signal ? { signal } : {})).result as T;
}

/** The folder's next contents: a new file, a changed one, a renamed one. */
async function change(seed: number): Promise<void> {
  await writeFile(join(work, `note-${seed}.txt`), `seed ${seed}`);
  await writeFile(join(work, 'part-0000', '000001.bin'), `changed by ${seed}`);
  const path = join(work, 'part-0000', '000002.bin');
  if (existsSync(path)) await rename(path, join(work, 'part-0000', 'moved.bin'));
  else await rename(join(work, 'part-0000', 'moved.bin'), path);
}

async function sync(signal?: AbortSignal): Promise<SyncResult> {
  return done(await client.workingCopies.sync({ folder: work }), signal);
}

async function fill(signal?: AbortSignal): Promise<string> {
  const { id, job } = await client.placements.add({ ref: 't' });
  if (job) await done(await client.jobs.get(job), signal);
  return (await client.placements.get(id)).path ?? '';
}

async function evictAll(signal?: AbortSignal): Promise<void> {
  for (const { id } of await client.placements.list()) await done(await client.placements.remove(id), signal);
}

const steps = { sync, fill, evict: evictAll };

/** Whatever can be seen is whole: every version in the lake, every version in the cache. */
async function nothingPartial(): Promise<void> {
  const versions = await client.versions.list('t');
  expect(versions.map((version) => version.version)).toEqual(versions.map((_, i) => versions.length - i));
  expect(await done<VerifyResult>(await client.versions.verify('t'))).toMatchObject({ ok: true });
  for (const { id, state } of await client.placements.list()) {
    if (state !== 'ready') continue;
    expect(await done<VerifyResult>(await client.placements.verify(id))).toMatchObject({ ok: true });
  }
}

async function leftovers(): Promise<string[]> {
  const inside = home.path('home', 'cache', '.forebay');
  const found: string[] = [];
  for (const folder of ['staging', 'trash']) {
    if (existsSync(join(inside, folder))) found.push(...(await readdir(join(inside, folder))));
  }
  return found;
}

/** Kills the daemon at that instant of the step, if the step comes by there again; the phase in which it died. */
async function killAt(at: Instant, step: keyof typeof steps): Promise<Phase | undefined> {
  const pid = await start();
  if (step !== 'sync') await sync();
  if (step === 'evict') await fill();
  const tracer = await Tracer.attach(pid, home.path('strace.log'), at);
  const end = new AbortController();
  const lived = steps[step](end.signal).catch((error) => {
    if (!isForebayError(error, 'daemon-unreachable', 'cancelled')) throw error;
  });
  await Promise.race([tracer.ended, lived.then(() => tracer.detach())]);
  end.abort();
  await lived;
  const line = await tracer.death(at.call);
  return line ? phaseOf(step, line) : undefined;
}

/** Threads take turns differently each time, so an aim may miss: then the next one is taken. */
const aims = 6;

/** Nothing partial is visible, and the next attempt finishes. */
async function wholeAndFinished(): Promise<void> {
  await start();
  await nothingPartial();
  const { version } = await sync();
  expect(await fingerprint(await fill())).toEqual(await fingerprint(work));
  expect(version).toBe((await client.versions.list('t')).length);
  await evictAll();
  expect(await leftovers()).toEqual([]);
}

test.each(Array.from({ length: 50 }, (_, seed) => seed))(
  'kill -9, seed %i: nothing partial, and the next attempt finishes',
  async (seed) => {
    const phase = order[seed % order.length] as Phase;
    const { step } = phases[phase];
    const candidates = profile.get(phase) ?? [];
    expect(candidates.length).toBeGreaterThan(0);
    const random = seeded(seed);
    let hit: Phase | undefined;
    for (let aim = 0; aim < aims && hit !== phase; aim++) {
      await change(seed * aims + aim + 1);
      const at = candidates[Math.floor(random() * candidates.length)] as Instant;
      hit = await killAt(at, step);
      if (hit) killed.set(hit, (killed.get(hit) ?? 0) + 1);
      await wholeAndFinished();
    }
  },
);

test('every phase was hit at least five times', () => {
  for (const phase of order) expect(killed.get(phase) ?? 0, phase).toBeGreaterThanOrEqual(5);
});
