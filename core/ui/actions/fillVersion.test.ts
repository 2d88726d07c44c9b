import { expect, test } from 'vitest';
import { aPlacement } from '../../src/api/testing.ts';
import { fillVersion } from './fillVersion.ts';
import { anActor } from './testing.ts';

const there = aPlacement('scans', 2, 'ready');
const holding = () =>
  anActor({ placements: { plan: async () => ({ evict: [] }), add: async () => ({ ...there, job: null }) } });

test('of a version that is there already the editor says where, and what is next', async () => {
  const actor = holding();
  await fillVersion(actor, { ref: 'scans@v2' });
  expect(actor.notes).toMatchObject([{ kind: 'info', text: 'scans@v2 is on gpu-hall already.' }]);
  expect(actor.notes[0]?.actions?.map(({ label }) => label)).toEqual([
    'Insert mount code',
    'Copy path',
    'Pin',
  ]);
});

test('it says nothing to who sees it', async () => {
  const actor = holding();
  await fillVersion(actor, { ref: 'scans@v2' }, { sayReady: () => false });
  expect(actor.notes).toEqual([]);
});
