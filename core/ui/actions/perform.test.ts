import { expect, test } from 'vitest';
import { ForebayError } from '../../src/api/errors.ts';
import { aJob, aPlacement } from '../../src/api/testing.ts';
import type { Deed } from '../host.ts';
import { clearPlacements } from './clearPlacements.ts';
import { fillVersion } from './fillVersion.ts';
import { perform } from './perform.ts';
import { pinPlacement } from './pinPlacement.ts';
import { anActor } from './testing.ts';
import { verifyPlacement } from './verifyPlacement.ts';

const placement = aPlacement('scans', 2, 'ready', { pinned: true });
const refused = new ForebayError('lake-unreachable', 'It does not answer.');

/** Whoever is asked says so; jobs end as `follow` has it. */
function anEditor(follow: () => Promise<unknown> = async () => aJob('j', { state: 'done' })) {
  const calls: string[] = [];
  const called = (name: string, answer?: unknown) => async (given: unknown) => {
    calls.push(typeof given === 'string' ? `${name} ${given}` : `${name} ${JSON.stringify(given)}`);
    return answer;
  };
  const actor = anActor({
    placements: {
      pin: called('pin'),
      unpin: called('unpin'),
      remove: called('remove', aJob('j')),
      verify: called('verify', aJob('j')),
      plan: called('plan', { evict: [] }),
      add: called('add', { ...placement, job: 'j' }),
      get: async () => ({ ...placement, pinned: false }),
    },
    jobs: { follow },
    leases: { list: async () => [] },
  });
  actor.copy = (text) => void calls.push(`copy ${text}`);
  actor.act = (verb, ...of) => void calls.push(`${verb} ${of.join(' v')}`);
  return { actor, calls };
}

/** What the button is as data, once it went through a message between processes. */
function sent({ actor }: ReturnType<typeof anEditor>, label: string): Deed {
  const buttons = actor.notes.flatMap(({ actions = [] }) => actions);
  return JSON.parse(JSON.stringify(buttons.find((one) => one.label === label)?.deed));
}

async function done(deed: Deed): Promise<string[]> {
  const { actor, calls } = anEditor();
  await perform(actor, deed);
  return calls;
}

const request = { ref: 'scans@v2', cache: 'gpu-hall' };
const asked = JSON.stringify(request);

test('what was cleared is brought back by another than who cleared it, and pinned as it was', async () => {
  const page = anEditor();
  await clearPlacements(page.actor, [placement]);
  expect(await done(sent(page, 'Undo'))).toEqual([`plan ${asked}`, `add ${asked}`, `pin ${placement.id}`]);
});

test('what failed is tried again', async () => {
  const page = anEditor(() => Promise.reject(refused));
  await clearPlacements(page.actor, [{ ...placement, pinned: false }]);
  expect(await done(sent(page, 'Retry'))).toEqual([`remove ${placement.id}`]);
  const second = anEditor(() => Promise.reject(refused));
  await verifyPlacement(second.actor, placement);
  expect(sent(second, 'Retry')).toMatchObject({ does: 'verify', placement: { id: placement.id } });
  const third = anEditor(() => Promise.reject(refused));
  await fillVersion(third.actor, request, { agreed: true, pin: true });
  expect(await done(sent(third, 'Retry'))).toEqual([`add ${asked}`, `pin ${placement.id}`]);
});

test('the next steps of what is ready are taken', async () => {
  const page = anEditor();
  await fillVersion(page.actor, request);
  expect(await done(sent(page, 'Insert mount code'))).toEqual(['insert-mount scans v2']);
  expect(await done(sent(page, 'Copy path'))).toEqual(['copy /cache/x']);
  expect(await done(sent(page, 'Pin'))).toEqual([`pin ${placement.id}`]);
});

test('a pin is taken back', async () => {
  const page = anEditor();
  await pinPlacement(page.actor, placement, true);
  expect(await done(sent(page, 'Undo'))).toEqual([`unpin ${placement.id}`]);
});
