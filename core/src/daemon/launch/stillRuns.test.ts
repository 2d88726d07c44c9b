import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { stillRuns } from './stillRuns.ts';

test.skipIf(process.platform !== 'linux')(
  'a process goes on until it ends, and is not taken for the one that had its id before',
  async () => {
    const before = Date.now() - 60_000;
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    expect([stillRuns(pid, Date.now()), stillRuns(pid, before)]).toEqual([true, false]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(stillRuns(pid, Date.now())).toBe(false);
  },
);
