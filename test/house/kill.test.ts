import { afterAll, beforeAll, expect, test } from 'vitest';
import { isForebayError } from '../../core/src/api/errors.ts';
import { type Instant, Tracer } from '../support/crash.ts';
import { seeded } from '../support/data/tree.ts';
import { type Step, Victim } from './victim.ts';

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
  collect: { step: 'collect', path: /lake\/(\.tmp\/|datasets\/[^/]+\/log\/)/ },
  sweep: { step: 'collect', path: /lake\/datasets\/[^/]+\/(packs|pages|roots|changes)\// },
  relocate: { step: 'repack', path: /lake\/(\.tmp\/|datasets\/)/ },
} as const satisfies Record<string, { step: Step; path: RegExp }>;
type Phase = keyof typeof phases;
const order: Phase[] = ['commit', 'publish', 'evict', 'fill', 'sync', 'collect', 'sweep', 'relocate'];
const phaseOf = (step: Step, line: string) =>
  order.find((phase) => phases[phase].step === step && phases[phase].path.test(line));
const steps = [...new Set(Object.values(phases).map(({ step }) => step))];

/** Each takes about two seconds: `KILLS=304 npx vitest run --project real test/house/kill.test.ts` for as many as were asked for. */
const kills = Number(process.env.KILLS ?? 24);

let victim: Victim;
const profile = new Map<Phase, Instant[]>();
const killed = new Map<string, number>();

beforeAll(async () => {
  victim = await Victim.make();
  // Once untraced, so that what only a first fill does is done.
  await victim.step('fill');
  await victim.step('evict');
  for (const [at, step] of steps.entries()) {
    await victim.prepare(step, 1000 + at);
    const tracer = await Tracer.attach(await victim.start(), victim.home.path('strace.log'));
    await victim.step(step);
    await tracer.detach();
    for (const phase of order.filter((phase) => phases[phase].step === step)) {
      profile.set(phase, await tracer.instants((line) => phaseOf(step, line) === phase));
    }
  }
  await victim.step('evict');
});
afterAll(() => victim.home.remove());

/** Kills the daemon at that instant of the step, if the step comes by there again; the phase in which it died. */
async function killAt(at: Instant, step: Step): Promise<Phase | undefined> {
  const tracer = await Tracer.attach(await victim.start(), victim.home.path('strace.log'), at);
  const end = new AbortController();
  const lived = victim.step(step, end.signal).catch((error) => {
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

test.each(Array.from({ length: kills }, (_, seed) => seed))(
  'kill -9, seed %i: nothing partial, and the next attempt finishes',
  async (seed) => {
    const phase = order[seed % order.length] as Phase;
    const { step } = phases[phase];
    const candidates = profile.get(phase) ?? [];
    expect(candidates.length).toBeGreaterThan(0);
    const random = seeded(seed);
    let hit: Phase | undefined;
    for (let aim = 0; aim < aims && hit !== phase; aim++) {
      await victim.start();
      await victim.prepare(step, seed * aims + aim + 1);
      const at = candidates[Math.floor(random() * candidates.length)] as Instant;
      hit = await killAt(at, step);
      if (hit) killed.set(hit, (killed.get(hit) ?? 0) + 1);
      await victim.start();
      await victim.nothingPartial();
      await victim.finishes(step);
    }
  },
  aims * 30_000,
);

test('every phase was hit in most of its turns', () => {
  for (const phase of order) {
    expect(killed.get(phase) ?? 0, phase).toBeGreaterThanOrEqual(Math.floor((kills / order.length) * 0.7));
  }
  console.log(`Killed: ${order.map((phase) => `${phase} ${killed.get(phase) ?? 0}`).join(', ')}`);
});
