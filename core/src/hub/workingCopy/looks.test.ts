import { expect, test } from 'vitest';
import { Looks } from './looks.ts';

/** Looks that end when they are told to, or are given up. */
function begin() {
  const looks = new Looks<number>();
  const begun: { end: () => void; signal: AbortSignal }[] = [];
  const ask = (gone = new AbortController()) => {
    const begin = (signal: AbortSignal) =>
      new Promise<number>((resolve, reject) => {
        const nth = begun.length;
        begun.push({ end: () => resolve(nth), signal });
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    return { answer: looks.look('x', begin, gone.signal), leave: () => gone.abort() };
  };
  const settle = () => new Promise(setImmediate);
  return { ask, begun, settle };
}

test('who asks while a look is under way gets the next, together with all who do', async () => {
  const { ask, begun, settle } = begin();
  const [first, second, third] = [ask(), ask(), ask()];
  await settle();
  expect(begun).toHaveLength(1);
  begun[0]?.end();
  expect(await first.answer).toBe(0);
  await settle();
  begun[1]?.end();
  expect(await Promise.all([second.answer, third.answer])).toEqual([1, 1]);
  const fourth = ask();
  begun[2]?.end();
  expect(await fourth.answer).toBe(2);
});

test('a look is given up when the last who asked has gone, and not before', async () => {
  const { ask, begun, settle } = begin();
  const [first, second, third] = [ask(), ask(), ask()];
  const failed = [first, second, third].map(({ answer }) => expect(answer).rejects.toThrow());
  second.leave();
  first.leave();
  await settle();
  expect(begun.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  third.leave();
  await settle();
  expect(begun.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  await Promise.all(failed);
});

test('who comes after all others have gone is answered', async () => {
  const { ask, begun, settle } = begin();
  const [first, second] = [ask(), ask()];
  const failed = expect(second.answer).rejects.toThrow();
  second.leave();
  await failed;
  const third = ask();
  begun[0]?.end();
  expect(await first.answer).toBe(0);
  await settle();
  begun[1]?.end();
  expect(await third.answer).toBe(1);
});
