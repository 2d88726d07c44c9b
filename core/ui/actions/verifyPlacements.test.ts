import { expect, test } from 'vitest';
import { ForebayError } from '../../src/api/errors.ts';
import type { VerifyResult } from '../../src/api/schemas.ts';
import { aJob, aPlacement } from '../../src/api/testing.ts';
import { anActor } from './testing.ts';
import { verifyPlacements } from './verifyPlacements.ts';

const placements = [1, 2, 3].map((version) => aPlacement('scans', version, 'ready'));
const right: VerifyResult = { ok: true, files: 10, bytes: 1e6, problems: [] };
const wrong = { ...right, ok: false, problems: [{ path: 'a.png', problem: 'other bytes' }] };

/** Answers each in turn, and tells how many were read at once. */
function aCache(answers: (VerifyResult | ForebayError)[], onRead = (_at: number) => {}) {
  const seen = { most: 0, read: 0 };
  let now = 0;
  const actor = anActor({
    placements: { verify: async () => aJob('j') },
    jobs: {
      complete: async (_: string, { signal }: { signal: AbortSignal }) => {
        seen.most = Math.max(seen.most, ++now);
        onRead(seen.read);
        const answer = answers[seen.read++];
        await Promise.resolve();
        now--;
        if (signal.aborted) throw new ForebayError('cancelled', 'Stopped.');
        if (answer instanceof ForebayError) throw answer;
        return aJob('j', { result: answer });
      },
    },
  });
  return { actor, seen };
}
const watch = (signal = new AbortController().signal) => ({ signal, onProgress: () => undefined });

test('a cache is read one version after the other, and one note says that it is right', async () => {
  const { actor, seen } = aCache([right, new ForebayError('not-cached', 'Cleared.'), right]);
  await verifyPlacements(actor, placements, watch());
  expect(seen).toEqual({ most: 1, read: 3 });
  expect(actor.notes).toEqual([
    { kind: 'done', text: 'Every byte of 2 versions is right: 20 files, 2.0 MB.' },
  ]);
});

test('what is wrong is said once, with every version that it is in', async () => {
  const { actor } = aCache([wrong, right, wrong]);
  await verifyPlacements(actor, placements, watch());
  expect(actor.notes).toHaveLength(1);
  expect(actor.notes[0]).toMatchObject({
    kind: 'failed',
    error: { code: 'damaged', message: expect.stringMatching(/scans@v1 .*a\.png.* scans@v3 /) },
  });
});

test('stopping ends what is read now and begins nothing more', async () => {
  const end = new AbortController();
  const { actor, seen } = aCache([right, right, right], (at) => at === 1 && end.abort());
  await verifyPlacements(actor, placements, watch(end.signal));
  expect(seen.read).toBe(2);
  expect(actor.notes).toEqual([
    { kind: 'info', text: 'Stopped after 1 of 3 versions. Every byte so far is right.' },
  ]);
});

test('a daemon that is gone is said once', async () => {
  const { actor, seen } = aCache([new ForebayError('daemon-unreachable', 'Nobody answers.'), right, right]);
  await verifyPlacements(actor, placements, watch());
  expect(seen.read).toBe(1);
  expect(actor.notes).toMatchObject([{ kind: 'failed', error: { code: 'daemon-unreachable' } }]);
});
