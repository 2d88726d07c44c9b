import { beforeEach, expect, test } from 'vitest';
import { ForebayError } from '../../src/api/errors.ts';
import { aPlacement } from '../../src/api/testing.ts';
import { anActor } from '../actions/testing.ts';
import { fillSeen } from './fillSeen.ts';

const refused = new ForebayError('cache-unfit', 'It has no room.');
const failed = new ForebayError('lake-unreachable', 'It does not answer.');
const filling = { ...aPlacement('scans', 2, 'filling'), job: 'j' };
const request = { ref: 'scans@v2' };

let told: string[];
beforeEach(() => {
  told = [];
});
const form = (options: { here: boolean; pin?: boolean }) => ({
  pin: options.pin ?? false,
  here: () => options.here,
  onStart: () => void told.push('started'),
  onProblem: ({ message }: ForebayError) => void told.push(message),
});
const refuses = () => anActor({ placements: { add: () => Promise.reject(refused) } });
const fails = () =>
  anActor({
    placements: { add: async () => filling, pin: () => Promise.reject(refused) },
    jobs: { follow: () => Promise.reject(failed) },
  });

test('a fill that does not start says so in the form, also when it is tried again', async () => {
  const first = fails();
  await fillSeen(first, request, form({ here: true }));
  const again = refuses();
  await fillSeen(again, request, form({ here: true }));
  expect(told).toEqual(['started', refused.message]);
  expect([...first.notes, ...again.notes]).toEqual([]);
});

test('a pin that is refused says so in the form', async () => {
  const actor = fails();
  await fillSeen(actor, request, form({ here: true, pin: true }));
  expect(told).toEqual(['started', refused.message]);
  expect(actor.notes).toEqual([]);
});

test.each([
  ['does not start', refuses, 1],
  ['is not pinned, and fails', fails, 2],
])('the editor says that it %s to who went on', async (_, actorOf, notes) => {
  const actor = actorOf();
  await fillSeen(actor, request, form({ here: false, pin: true }));
  expect(actor.notes.map(({ kind }) => kind)).toEqual(Array(notes).fill('failed'));
  expect(told.filter((each) => each !== 'started')).toEqual([]);
});
