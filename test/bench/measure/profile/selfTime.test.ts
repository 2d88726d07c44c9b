import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { node } from '../../../support/home.ts';
import { describe } from './profiles.ts';
import { addUp, type CpuProfile, selfTimes, threadOf } from './selfTime.ts';

const frame = (id: number, functionName: string, url: string, children: number[] = []) => ({
  id,
  callFrame: { functionName, url, lineNumber: 6 },
  children,
});
const write = 'file:///x/core/src/dataset/checkout/write/writeBuffer.ts';
const profile: CpuProfile = {
  nodes: [
    frame(1, '(root)', '', [2, 3, 6]),
    frame(2, '(idle)', ''),
    frame(3, 'writeBuffer', write, [4]),
    frame(4, 'oneShot', 'node:crypto', [5]),
    frame(5, 'hash', 'node:internal/crypto/hash'),
    frame(6, 'perform', 'file:///x/core/src/daemon/perform.ts'),
  ],
  samples: [2, 5, 3, 5, 6],
  timeDeltas: [5000, 2000, 1000, 4000, 500],
};
const hash = 'hash (node:internal/crypto/hash:7) in writeBuffer (dataset/checkout/write/writeBuffer.ts:7)';

test('time is added up by function, longest first, what we call with our function that does', () => {
  expect([...selfTimes(profile)]).toEqual([
    [hash, 6],
    ['(idle)', 5],
    ['writeBuffer (dataset/checkout/write/writeBuffer.ts:7)', 1],
    ['perform (daemon/perform.ts:7)', 0.5],
  ]);
  expect(addUp([selfTimes(profile), selfTimes(profile)]).get(hash)).toBe(12);
});

test('a thread is known by where its time went', () => {
  expect(threadOf(profile)).toBe('writer');
  expect(threadOf({ ...profile, samples: [6, 6], timeDeltas: [1000, 1000] })).toBe('job');
  expect(threadOf({ ...profile, samples: [2], timeDeltas: [1000] })).toBe('idle');
});

test('waiting is no work', () => {
  const said = describe('fill: writer × 1', selfTimes(profile));
  expect(said).toContain('fill: writer × 1, 8 ms at work, 5 ms waiting');
  expect(said).toContain('6 ms  80.0 %  hash');
  expect(said).not.toContain('(idle)');
});

test('what Node writes is read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fb-bench-test-'));
  try {
    const script = `function spin() { const end = Date.now() + 300; while (Date.now() < end); } spin()`;
    await promisify(execFile)(node, ['--cpu-prof', `--cpu-prof-dir=${folder}`, '-e', script]);
    const [name] = await readdir(folder);
    const read = JSON.parse(await readFile(join(folder, name as string), 'utf8')) as CpuProfile;
    const spun = [...selfTimes(read)].filter(
      ([function_]) => /^(spin|now) /.test(function_) || function_.startsWith('spin'),
    );
    expect(spun.reduce((sum, [, ms]) => sum + ms, 0)).toBeGreaterThan(150);
  } finally {
    await rm(folder, { recursive: true });
  }
});
