import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../core/src/api/schemas.ts';
import { type Home, newHome, node, outcome } from '../support/home.ts';

const name = `forebay-test-${process.pid}`;
const top = '/sys/fs/cgroup';
const limits = { memory: 1_500_000_000, cores: 0.25 };

/** Real control groups with a gigabyte and a half and a quarter of a processor, of whichever version this machine has. */
function makeGroups(): string[] {
  const made = existsSync(`${top}/cgroup.subtree_control`) ? [join(top, name)] : [];
  if (made.length === 0) made.push(...['memory', 'cpu', 'cpuacct'].map((each) => join(top, each, name)));
  try {
    for (const folder of made) mkdirSync(folder);
    const [first = '', second = first] = made;
    if (first === second) {
      writeFileSync(`${first}/memory.max`, String(limits.memory));
      writeFileSync(`${first}/cpu.max`, `${limits.cores * 100_000} 100000`);
    } else {
      writeFileSync(`${first}/memory.limit_in_bytes`, String(limits.memory));
      writeFileSync(`${second}/cpu.cfs_quota_us`, String(limits.cores * 100_000));
    }
    return made;
  } catch {
    // Only root may, and in many containers not even root.
    for (const folder of made) if (existsSync(folder)) rmdirSync(folder);
    return [];
  }
}

const groups = makeGroups();
let home: Home;
beforeAll(async () => {
  home = await newHome();
  await home.run('status');
});
afterAll(async () => {
  await home?.remove();
  for (const folder of groups) {
    for (const deadline = Date.now() + 5000; Date.now() < deadline; await delay(50)) {
      if (readFileSync(`${folder}/cgroup.procs`, 'utf8') === '') break;
    }
    rmdirSync(folder);
  }
});

test.skipIf(groups.length === 0)(
  'a run in a container knows its limits, and what it uses is told relative to them',
  async () => {
    const busy =
      'const b = Buffer.alloc(300e6, 1); const end = Date.now() + 8000; while (Date.now() < end) b[0]++;';
    const enter = groups.map((folder) => `echo $$ > ${folder}/cgroup.procs`).join('; ');
    const recorded = `"${node}" "${home.program}" run --name limited -- "${node}" -e '${busy}'`;
    const child = spawn('sh', ['-c', `${enter}; exec ${recorded}`], {
      cwd: home.folder,
      env: home.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = await outcome(child);
    expect(said.code, said.stderr).toBe(0);
    const [run] = await home.json<Run[]>('runs', 'ls', '--last', '1');
    const folder = home.path('home', 'artifacts', '0', run?.id ?? '', 'artifacts', 'forebay');
    const environment = JSON.parse(readFileSync(`${folder}/environment.json`, 'utf8'));
    expect(environment.limits.cores).toBe(limits.cores);
    // The kernel counts in pages.
    expect(Math.abs(environment.limits.memory - limits.memory)).toBeLessThan(65_536);
    const value = (key: string) => run?.metrics[`system/${key}`]?.value ?? Number.NaN;
    expect(value('system_memory_usage_percentage')).toBeGreaterThan(20);
    expect(value('system_memory_usage_percentage')).toBeLessThan(60);
    expect(value('cpu_utilization_percentage')).toBeGreaterThan(40);
    expect(value('cpu_utilization_percentage')).toBeLessThan(130);
    expect(value('run_cpu_throttled_percentage')).toBeGreaterThan(10);
  },
  60_000,
);

test('what goes over the network while it runs is told', async () => {
  const said = await home.run('run', '--name', 'networked', '--', 'sh', '-c', 'sleep 1');
  expect(said.code, said.stderr).toBe(0);
  const [run] = await home.json<Run[]>('runs', 'ls', '--last', '1');
  for (const way of ['receive', 'transmit']) {
    expect(run?.metrics[`system/network_${way}_megabytes`]?.value).toBeGreaterThanOrEqual(0);
  }
});
