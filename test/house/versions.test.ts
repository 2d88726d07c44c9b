import { afterEach, expect, test } from 'vitest';
import { hasEnded } from '../../core/src/daemon/launch/index.ts';
import { type Home, newHome } from '../support/home.ts';
import { release } from '../support/release.ts';

const homes: Home[] = [];
afterEach(async () => {
  for (const home of homes.splice(0)) await home.remove();
});

interface Running {
  pid: number;
  version: string;
}

test('front ends of different versions share one daemon: the newest runs, older ones use it', async () => {
  const home = await newHome();
  homes.push(home);
  const old = await release(home, '0.0.9');
  const newer = await release(home, '0.9.0');

  const first = await old.json<Running>('up');
  expect(first.version).toBe('0.0.9');
  const second = await newer.json<Running>('up');
  expect(second.version).toBe('0.9.0');
  expect(second.pid).not.toBe(first.pid);
  expect(hasEnded(first.pid)).toBe(true);
  const again = await old.json<Running>('up');
  expect(again).toMatchObject({ pid: second.pid, version: '0.9.0' });
});

test('many front ends that start at once get one daemon', async () => {
  const home = await newHome();
  homes.push(home);
  const answers = await Promise.all(Array.from({ length: 8 }, () => home.json<Running>('status')));
  expect(new Set(answers.map((answer) => answer.pid)).size).toBe(1);
});
