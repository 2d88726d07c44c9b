import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Instant, instants, lastInstant, startTraced } from '../support/crash.ts';
import { type Home, newHome } from '../support/home.ts';
import { fingerprint, generate, seeded } from '../support/tree.ts';

/** What the daemon was doing, told from the file it was about to touch. */
const phases = {
  sync: /lake\/.*(packs|pages|roots|changes|\.tmp)|work\/(part-|note)/,
  commit: /lake\/datasets\/[^/]+\/log\//,
  fill: /cache\/\.forebay\/staging\/[^"]*\/part-/,
  publish: /rename.*staging.*datasets\/|cache\/datasets\/[^"]*\/v\d+(\.json)?[^/]*"/,
  evict: /rename.*\/trash\/|cache\/\.forebay\/trash\//,
} as const;
type Phase = keyof typeof phases;
const order: Phase[] = ['commit', 'evict', 'publish', 'fill', 'sync'];
const phaseOf = (line: string) => order.find((phase) => phases[phase].test(line));

let home: Home;
let work: string;
let profile: Record<Phase, Instant[]>;
const killed = new Map<string, number>();

beforeAll(async () => {
  home = await newHome();
  work = home.path('work');
  await generate(work, { count: 120, min: 1000, max: 60_000, seed: 7 });
  await home.json('-C', work, 'data', 'init', 't');
  await home.json('-C', work, 'data', 'sync');
  await home.json('down');

  const log = home.path('profile.strace');
  const daemon = await startTraced(home, log);
  await change(0);
  await cycle();
  await home.json('down');
  await once(daemon, 'exit');
  const all = await instants(log);
  profile = Object.fromEntries(
    order.map((phase) => [phase, all.filter((instant) => phaseOf(instant.line) === phase)]),
  ) as Record<Phase, Instant[]>;
});
afterAll(() => home.remove());

/** The folder's next contents: a new file, a changed one, a renamed one. */
async function change(seed: number): Promise<void> {
  await writeFile(join(work, `note-${seed}.txt`), `seed ${seed}`);
  await writeFile(join(work, 'part-0000', '000001.bin'), `changed by ${seed}`);
  const path = join(work, 'part-0000', '000002.bin');
  if (existsSync(path)) await rename(path, join(work, 'part-0000', 'moved.bin'));
  else await rename(join(work, 'part-0000', 'moved.bin'), path);
}

/** Sync, fill, evict; answers the first command that failed. */
async function cycle(): Promise<string | undefined> {
  for (const command of [
    ['-C', work, 'data', 'sync'],
    ['cache', 'add', 't'],
    ['cache', 'rm', 't'],
  ]) {
    if ((await home.run(...command)).code !== 0) return command.join(' ');
  }
  return undefined;
}

interface PlacementLine {
  version: number;
  state: string;
  path: string | null;
}

/** Whatever can be seen is whole: every version in the lake, every version in the cache. */
async function nothingPartial(): Promise<void> {
  const log = await home.json<Array<{ version: number }>>('data', 'log', 't');
  const newest = log[0]?.version ?? 0;
  expect(log.map((line) => line.version)).toEqual(Array.from({ length: newest }, (_, i) => newest - i));
  expect(await home.json('data', 'verify', `t@v${newest}`)).toMatchObject({ ok: true });
  for (const placement of await home.json<PlacementLine[]>('cache', 'ls')) {
    if (placement.state !== 'ready') continue;
    expect(await home.json('cache', 'verify', `t@v${placement.version}`)).toMatchObject({ ok: true });
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

test.each(Array.from({ length: 50 }, (_, seed) => seed))(
  'kill -9, seed %i: nothing partial, and the next attempt finishes',
  async (seed) => {
    const phase = order[seed % order.length] as Phase;
    const candidates = profile[phase];
    expect(candidates.length).toBeGreaterThan(0);
    const at = candidates[Math.floor(seeded(seed)() * candidates.length)] as Instant;
    const log = home.path('kill.strace');
    await home.run('down');
    const daemon = await startTraced(home, log, at);
    const ended = once(daemon, 'exit');
    await change(seed + 1);
    await cycle();
    const line = await lastInstant(log, at.call);
    const hit = line && phaseOf(line);
    if (hit) killed.set(hit, (killed.get(hit) ?? 0) + 1);
    if (line) await ended;

    await nothingPartial();
    const { version } = await home.json<{ version: number }>('-C', work, 'data', 'sync');
    const { path } = await home.json<{ path: string }>('mount', 't');
    expect(await fingerprint(path)).toEqual(await fingerprint(work));
    expect(version).toBe((await home.json<unknown[]>('data', 'log', 't')).length);
    await home.json('unmount', 't');
    for (const placement of await home.json<PlacementLine[]>('cache', 'ls')) {
      await home.json('cache', 'rm', `t@v${placement.version}`);
    }
    expect(await leftovers()).toEqual([]);
  },
);

test('every phase was hit at least five times', () => {
  for (const phase of order) expect(killed.get(phase) ?? 0, phase).toBeGreaterThanOrEqual(5);
});
