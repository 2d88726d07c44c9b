import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { node } from '../../support/home.ts';
import { descendants, MemoryWatch, peakOf, resetPeak } from './memory.ts';

test('children of children count, strangers do not', () => {
  const parents = new Map([
    [10, 1],
    [11, 10],
    [12, 11],
    [20, 1],
  ]);
  expect(descendants(new Set([10]), parents).sort()).toEqual([10, 11, 12]);
  expect(descendants(new Set([99]), parents)).toEqual([99]);
});

test('what a grandchild takes is seen, and the sum is the tree’s', async () => {
  const hold = `Buffer.alloc(150e6, 1); setTimeout(() => {}, 1500)`;
  const parent = `require('child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(`globalThis.kept = ${hold}`)}])`;
  const child = spawn(node, ['-e', parent], { stdio: 'ignore' });
  const watch = new MemoryWatch();
  watch.add(child.pid as number);
  await once(child, 'exit');
  const peak = watch.stop();
  expect(peak).toBeGreaterThan(150e6);
  expect(peak).toBeLessThan(450e6);
});

test('a peak is counted anew after a reset', async () => {
  const script = `globalThis.kept = Buffer.alloc(200e6, 1); kept = undefined; gc(); console.log('freed'); setInterval(() => {}, 1000)`;
  const child = spawn(node, ['--expose-gc', '-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    await once(child.stdout, 'data');
    await delay(300);
    const pid = child.pid as number;
    expect(peakOf(pid)).toBeGreaterThan(200e6);
    resetPeak(pid);
    expect(peakOf(pid)).toBeLessThan(150e6);
  } finally {
    child.kill('SIGKILL');
  }
});
