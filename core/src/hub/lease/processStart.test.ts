import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { processStart } from './processStart.ts';

test('a living process has one start, and none once it has ended', async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  const start = await processStart(pid);
  expect(start).toBeDefined();
  expect(await processStart(pid)).toBe(start);
  expect(await processStart(process.pid)).not.toBe(start);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await processStart(pid)).toBeUndefined();
});
