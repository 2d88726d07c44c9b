import { expect, test } from 'vitest';
import { pauser } from './pause.ts';

test('a long loop ends soon after it is cancelled, and lets others in', async () => {
  const abort = new AbortController();
  let pauses = 0;
  const pause = pauser(abort.signal, () => pauses++);
  setTimeout(() => abort.abort(new Error('stopped')), 20);
  const loop = async () => {
    for (;;) await pause();
  };
  await expect(loop()).rejects.toThrow('stopped');
  expect(pauses).toBeLessThan(4);
});
