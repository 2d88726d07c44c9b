import { expect, test } from 'vitest';
import { ForebayError } from '../../src/api/errors.ts';
import { aJob, aPlacement } from '../../src/api/testing.ts';
import { clearPlacements } from './clearPlacements.ts';
import { anActor } from './testing.ts';

const placement = aPlacement('scans', 2, 'ready', { pinned: true });

function aWorld(follow: () => Promise<unknown>) {
  const calls: string[] = [];
  const called =
    (name: string, answer: unknown = undefined) =>
    async (id: unknown) => {
      calls.push(typeof id === 'string' ? `${name} ${id}` : name);
      return answer;
    };
  const filled = { ...placement, id: 'filled', state: 'queued', pinned: false, job: null };
  const actor = anActor({
    placements: {
      pin: called('pin'),
      unpin: called('unpin'),
      remove: called('remove', aJob('j')),
      plan: called('plan', { evict: [] }),
      add: called('add', filled),
    },
    jobs: { follow },
    leases: { list: async () => [] },
  });
  return { actor, calls };
}

test.each(['in-use', 'cancelled', 'lake-unreachable'] as const)(
  'what could not be cleared (%s) is pinned again',
  async (code) => {
    const { actor, calls } = aWorld(() => Promise.reject(new ForebayError(code, 'No.')));
    await clearPlacements(actor, [placement]);
    expect(calls).toEqual([`unpin ${placement.id}`, `remove ${placement.id}`, `pin ${placement.id}`]);
  },
);

test('undoing pins again what was pinned', async () => {
  const { actor, calls } = aWorld(async () => aJob('j', { state: 'done' }));
  await clearPlacements(actor, [placement]);
  actor.notes[0]?.actions?.[0]?.act();
  await expect.poll(() => calls.slice(2)).toEqual(['plan', 'add', 'pin filled']);
});

test('undoing pins nothing that was not', async () => {
  const { actor, calls } = aWorld(async () => aJob('j', { state: 'done' }));
  await clearPlacements(actor, [{ ...placement, pinned: false }]);
  actor.notes[0]?.actions?.[0]?.act();
  await expect.poll(() => calls).toEqual([`remove ${placement.id}`, 'plan', 'add']);
});
