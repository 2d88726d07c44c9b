import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { node } from '../../../support/home.ts';
import { describe } from './profiles.ts';
import { addUp, type CpuProfile, selfTimes, threadOf } from './selfTime.ts';

const frame = (id: number, functionName: string, url = 'file:///x/forebay.mjs') => ({
  id,
  callFrame: { functionName, url, lineNumber: 6 },
});
const profile: CpuProfile = {
  nodes: [frame(1, '(idle)', ''), frame(2, 'hash', 'node:crypto'), frame(3, ''), frame(4, 'runWriter')],
  samples: [1, 2, 3, 2, 4],
  timeDeltas: [5000, 2000, 1000, 4000, 500],
};

test('time is added up by function, longest first', () => {
  expect([...selfTimes(profile)]).toEqual([
    ['hash (node:crypto)', 6],
    ['(idle)', 5],
    ['anonymous at line 7', 1],
    ['runWriter', 0.5],
  ]);
  expect(addUp([selfTimes(profile), selfTimes(profile)]).get('hash (node:crypto)')).toBe(12);
  expect(threadOf(profile)).toBe('writer');
});

test('waiting is no work', () => {
  const said = describe('fill: writer × 1', selfTimes(profile));
  expect(said).toContain('fill: writer × 1, 8 ms at work, 5 ms waiting');
  expect(said).toContain('6 ms  80.0 %  hash (node:crypto)');
  expect(said).not.toContain('(idle)');
});

test('what Node writes is read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fb-bench-test-'));
  try {
    const script = `function spin() { const end = Date.now() + 300; while (Date.now() < end); } spin()`;
    await promisify(execFile)(node, ['--cpu-prof', `--cpu-prof-dir=${folder}`, '-e', script]);
    const [name] = await readdir(folder);
    const read = JSON.parse(await readFile(join(folder, name as string), 'utf8')) as CpuProfile;
    const spin = [...selfTimes(read)].find(([function_]) => function_.startsWith('spin'));
    expect(spin?.[1]).toBeGreaterThan(150);
  } finally {
    await rm(folder, { recursive: true });
  }
});
