import { expect, test } from 'vitest';
import { ForebayError } from '../../src/api/errors.ts';
import { aJob } from '../../src/api/testing.ts';
import { importVersion } from './importVersion.ts';
import { anActor } from './testing.ts';

const made = {
  ...{ dataset: 'scans', version: 1, files: 10, bytes: 1e6, added: 10, changed: 0, removed: 0 },
  skipped: { count: 2, some: [] },
};
const request = { dataset: 'scans', url: 's3://clinic/scans' };

/** Answers each try in turn. */
function aStore(answers: (object | ForebayError)[]) {
  const asked: object[] = [];
  const actor = anActor({
    datasets: {
      import: async (given: object) => {
        asked.push(given);
        return aJob('j');
      },
    },
    jobs: {
      follow: async () => {
        const answer = answers.shift();
        if (answer instanceof ForebayError) throw answer;
        return aJob('j', { result: answer });
      },
    },
  });
  return { actor, asked };
}

test('names that cannot be paths can be left out, which is said', async () => {
  const { actor, asked } = aStore([new ForebayError('bad-path', "2 objects can't be files."), made]);
  await importVersion(actor, request);
  actor.notes[0]?.actions?.find(({ label }) => label === 'Leave them out')?.act();
  await expect.poll(() => actor.notes.length).toBe(2);
  expect(asked).toEqual([request, { ...request, skip: true }]);
  expect(actor.notes[1]).toMatchObject({
    kind: 'done',
    text: 'Made scans@v1: 10 files, 1.0 MB, read from where they are; left out 2 objects.',
  });
});

test('what others made meanwhile is replaced only on purpose', async () => {
  const { actor, asked } = aStore([new ForebayError('newer-version', 'v2 exists.'), made]);
  await importVersion(actor, request);
  expect(asked).toEqual([request]);
  expect(actor.notes[0]?.actions?.map(({ label }) => label)).toEqual(['Replace it']);
});

test('a cancelled import says nothing', async () => {
  const { actor } = aStore([new ForebayError('cancelled', 'Stopped.')]);
  await importVersion(actor, request);
  expect(actor.notes).toEqual([]);
});
