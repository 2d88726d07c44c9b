import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { usageOf, usageValues } from './usage.ts';

test('what a command uses is that of all its processes', async () => {
  const busy = 'const b = Buffer.alloc(60e6, 1); for (;;);';
  const child = spawn('sh', ['-c', `"${process.execPath}" -e '${busy}' & wait`]);
  try {
    let usage = await usageOf(child.pid ?? 0);
    for (const deadline = Date.now() + 20_000; Date.now() < deadline; await delay(50)) {
      usage = await usageOf(child.pid ?? 0);
      if (usage && usage.cpu > 0.3 && usage.memory > 60e6) break;
    }
    expect(usage?.cpu).toBeGreaterThan(0.3);
    expect(usage?.memory).toBeGreaterThan(60e6);
  } finally {
    const [pid] = await childrenOf(child.pid ?? 0);
    if (pid) process.kill(pid, 'SIGKILL');
    child.kill('SIGKILL');
    await once(child, 'close');
  }
  expect(await usageOf(child.pid ?? 0)).toBeUndefined();
});

test('what ended counts too', async () => {
  const busy = 'do for (let i = 0; i < 1e7; i++); while (process.cpuUsage().user < 4e5)';
  const child = spawn('sh', ['-c', `"${process.execPath}" -e '${busy}'; echo ended; read _`]);
  await once(child.stdout, 'data');
  expect((await usageOf(child.pid ?? 0))?.cpu).toBeGreaterThan(0.35);
  child.stdin.end();
  await once(child, 'close');
});

async function childrenOf(pid: number): Promise<number[]> {
  const { readFile } = await import('node:fs/promises');
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.trim().split(' ').map(Number);
}

test('processor time is told in percent of one core, since the sample before', () => {
  const before = { cpu: 1, memory: 0, read: 0, written: 0 };
  const values = usageValues({ cpu: 4, memory: 2e6, read: 3e6, written: 0 }, before, 2);
  expect(values['system/run_cpu_percentage']).toBe(150);
  expect(values['system/run_memory_megabytes']).toBe(2);
});
