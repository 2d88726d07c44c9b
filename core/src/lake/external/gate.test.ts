import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Gate } from './gate.ts';

const isBusy = (thrown: unknown) => (thrown as Error).message === 'busy';

test('lets in no more than its limit, which grows with success up to 64', async () => {
  const gate = new Gate();
  let [running, most] = [0, 0];
  const request = async () => {
    most = Math.max(most, ++running);
    expect(running).toBeLessThanOrEqual(gate.limit);
    await setTimeout(0);
    running--;
  };
  await Promise.all(Array.from({ length: 16 }, () => gate.run(request, isBusy)));
  expect([most, gate.limit]).toEqual([16, 17]);
  await Promise.all(Array.from({ length: 4000 }, () => gate.run(request, isBusy)));
  expect([most, gate.limit]).toEqual([64, 64]);
});

test('halves its limit when the store is busy, and not when an object is gone', async () => {
  const gate = new Gate();
  const fail = (message: string) =>
    gate.run(() => Promise.reject(new Error(message)), isBusy).catch(() => undefined);
  await fail('gone');
  expect(gate.limit).toBe(16);
  for (let i = 0; i < 5; i++) await fail('busy');
  expect(gate.limit).toBe(4);
});
