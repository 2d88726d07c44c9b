import { expect, test } from 'vitest';
import { ForebayError } from '../../src/api/errors.ts';
import { aDataset, aVersion } from '../../src/api/testing.ts';
import { actOnRuns } from './actOnRuns.ts';
import { describeDataset, labelsOf } from './describeDataset.ts';
import { removeVersion } from './removeVersion.ts';
import { tagVersion, untagVersion } from './tagVersion.ts';
import { anActor } from './testing.ts';

type Said = { kind: string; text?: string; actions?: readonly { label: string; act: () => void }[] };

/** Presses *Undo* on the newest message. */
function undo(notes: readonly unknown[]): void {
  const { actions = [] } = notes.at(-1) as Said;
  actions.find(({ label }) => label === 'Undo')?.act();
}

test('a tag and its removal take each other back', async () => {
  const calls: unknown[] = [];
  const actor = anActor({
    versions: {
      tag: async (...given: unknown[]) => calls.push(given),
      untag: async (...given: unknown[]) => calls.push(given),
    },
  });
  await tagVersion(actor, { dataset: 'scans', tag: 'raw', version: 2 });
  undo(actor.notes);
  await expect
    .poll(() => calls)
    .toEqual([
      ['scans', 'raw', 2],
      ['scans', 'raw'],
    ]);
  await untagVersion(actor, { dataset: 'scans', tag: 'raw', version: 2 });
  undo(actor.notes);
  await expect.poll(() => calls.at(-1)).toEqual(['scans', 'raw', 2]);
});

test('a description comes back, and leaves labels that somebody changed meanwhile', async () => {
  const changes: unknown[] = [];
  const change = async (_: string, some: object) => {
    changes.push(some);
    return { ...aDataset('scans', 1), ...some };
  };
  const actor = anActor({ datasets: { change } });
  await describeDataset(actor, aDataset('scans', 1, 'old'), { description: 'new' });
  undo(actor.notes);
  await expect.poll(() => changes).toEqual([{ description: 'new' }, { description: 'old' }]);
});

test('labels are typed with commas', () => {
  expect(labelsOf(' radiology, Boston,,radiology ')).toEqual(['radiology', 'Boston']);
});

test.each([
  ['is removed once its message has gone', true, ['removed v2']],
  ['stays where somebody took it back meanwhile', false, []],
])('a version %s', async (_, goes, calls) => {
  const made: string[] = [];
  const actor = anActor({
    versions: { get: async () => aVersion('scans', 2, { tags: ['raw'] }) },
    house: { removeVersion: async (_: string, version: number) => made.push(`removed v${version}`) },
  });
  const questions: string[] = [];
  actor.ask = async ({ title, body }) => questions.push(title, ...body) > 0;
  await removeVersion(actor, { dataset: 'scans', version: 2 }, async () => goes);
  expect(made).toEqual(calls);
  expect(questions.join(' ')).toMatch(/for everybody.*tag raw goes too.*nobody can bring it back/);
  expect((actor.notes[0] as Said).text).toMatch(goes ? /was removed/ : /stays/);
});

test('runs that were archived come back, and those before a failure too', async () => {
  const changed: unknown[] = [];
  const run = (id: string) => ({ id, name: id, tags: {}, deleted: false }) as never;
  const actor = anActor({
    runs: {
      change: async (id: string, { tags }: { tags: object }) => {
        if (id === 'c') throw new ForebayError('run-unknown', 'No such run.');
        changed.push([id, tags]);
      },
    },
  });
  await actOnRuns(actor, 'archive', [run('a'), run('b'), run('c')]);
  expect(actor.notes[0]).toMatchObject({ kind: 'failed', error: { code: 'run-unknown' } });
  undo(actor.notes);
  await expect
    .poll(() => changed.slice(2))
    .toEqual([
      ['a', { 'forebay.archived': null }],
      ['b', { 'forebay.archived': null }],
    ]);
});
