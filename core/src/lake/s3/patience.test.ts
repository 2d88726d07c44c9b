import { expect, test } from 'vitest';
import { type Patience, withPatience } from './patience.ts';

const patience: Patience = { attempts: 4, firstPause: 5, longestPause: 10, stall: 100 };
const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });

function failing(times: number, error: Error) {
  let tried = 0;
  return {
    attempt: async () => {
      if (tried++ < times) throw error;
      return 'done';
    },
    tried: () => tried,
  };
}

test('a lost connection is tried again until it works', async () => {
  const { attempt, tried } = failing(3, reset);
  expect(await withPatience(patience, undefined, attempt)).toBe('done');
  expect(tried()).toBe(4);
});

test('patience ends with what was thrown last', async () => {
  const { attempt, tried } = failing(99, reset);
  await expect(withPatience(patience, undefined, attempt)).rejects.toBe(reset);
  expect(tried()).toBe(4);
});

test('a refusal is not tried again', async () => {
  const denied = Object.assign(new Error(), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
  const { attempt, tried } = failing(99, denied);
  await expect(withPatience(patience, undefined, attempt)).rejects.toBe(denied);
  expect(tried()).toBe(1);
});

test('a pause ends at once when cancelled', async () => {
  const patient = { ...patience, firstPause: 60_000, longestPause: 60_000 };
  const { attempt } = failing(99, reset);
  const begun = performance.now();
  await expect(withPatience(patient, AbortSignal.timeout(20), attempt)).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect(performance.now() - begun).toBeLessThan(1000);
});
