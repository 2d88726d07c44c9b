import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { answerOf, canAsk, confirm } from './confirm.ts';
import type { Session } from './session.ts';

function terminal() {
  const raw: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (on: boolean) => raw.push(on) });
  const stderr = Object.assign(new PassThrough(), { isTTY: true });
  return { session: { stdin, stderr } as unknown as Session, stdin, raw };
}

test('one key answers, and the terminal is given back', async () => {
  const { session, stdin, raw } = terminal();
  const asked = confirm(session, 'Go on?');
  stdin.write('x');
  await new Promise(setImmediate);
  stdin.write('n');
  expect(await asked).toBe(false);
  expect(raw).toEqual([true, false]);
});

test('y and Enter go on, n, q, Escape and Ctrl-C do not, others are no answer', () => {
  expect(['y', 'Y', '\r'].map(answerOf)).toEqual([true, true, true]);
  expect(['n', 'q', '\u001b', '\u0003'].map(answerOf)).toEqual([false, false, false, false]);
  expect(['x', '\u001b[A'].map(answerOf)).toEqual([undefined, undefined]);
  expect(['n\u0004', 'yn'].map(answerOf)).toEqual([false, true]);
});

test('nobody is asked where standard input is not a terminal', () => {
  const { session } = terminal();
  expect(canAsk(session)).toBe(true);
  expect(canAsk({ ...session, stdin: { isTTY: false } as NodeJS.ReadStream })).toBe(false);
});
