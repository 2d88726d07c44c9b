import { expect, test } from 'vitest';
import { Shared } from './shared.ts';

function aWork() {
  const end = Promise.withResolvers<string>();
  const shared = new Shared((signal) => {
    signal.addEventListener('abort', () => end.reject(new Error('stopped')));
    return end.promise;
  });
  return { end, shared };
}

test('work goes on as long as one waits for it', async () => {
  const { end, shared } = aWork();
  const [gone, here] = [new AbortController(), new AbortController()];
  const left = expect(shared.get(gone.signal)).rejects.toThrow('aborted');
  const stays = shared.get(here.signal);
  gone.abort();
  await left;
  expect(shared.stopped).toBe(false);
  end.resolve('done');
  expect(await stays).toBe('done');
  here.abort();
  expect(await shared.get()).toBe('done');
});

test('work ends when nobody waits for it any more', async () => {
  const { shared } = aWork();
  const gone = new AbortController();
  const waits = shared.get(gone.signal);
  gone.abort();
  await expect(waits).rejects.toThrow('aborted');
  expect(shared.stopped).toBe(true);
  await shared.ended;
});

test('who has gone already keeps nothing going', async () => {
  const { shared } = aWork();
  await expect(shared.get(AbortSignal.abort())).rejects.toThrow('aborted');
  expect(shared.stopped).toBe(true);
});
