import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { hasEnded } from './hasEnded.ts';

test('a process has ended once it is gone, and as soon as it only waits for its parent to notice', async () => {
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  const child = Number(said);
  expect([hasEnded(parent.pid ?? 0), hasEnded(child)]).toEqual([false, false]);
  process.kill(child, 'SIGKILL');
  await expect.poll(() => hasEnded(child)).toBe(true);
  expect(() => process.kill(child, 0)).not.toThrow();
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  expect(hasEnded(parent.pid ?? 0)).toBe(true);
});
