import { spawn, spawnSync } from 'node:child_process';
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

test('the control groups of this machine are the ones that are tested, or what is skipped is said', () => {
  const version = existsSync(`${top}/cgroup.controllers`) ? 2 : 1;
  const skipped = groups.length === 0 ? 'both versions: no group may be made here' : `version ${3 - version}`;
  console.log(`Control groups of version ${version}. Not seen in a real group: ${skipped}.`);
  expect(groups.length).toBe(groups.length === 0 ? 0 : version === 2 ? 1 : 3);
});

/** A network of its own: what is sent into one end of a pair of cards comes out of the other; needs root. */
const ownNetwork = [
  'ip link set lo up',
  'ip link add sends type veth peer name receives',
  'ip addr add 10.9.9.1/24 dev sends',
  'ip link set sends up',
  'ip link set receives up',
  "ip neigh add 10.9.9.2 dev sends lladdr $(ip -o link show receives | sed 's/.*ether //; s/ .*//')",
].join(' && ');
const hasNetwork = spawnSync('unshare', ['-n', 'sh', '-c', ownNetwork]).status === 0;

test.skipIf(!hasNetwork)(
  'what goes over the network while it runs is told, to the megabyte, and the loopback is left out',
  async () => {
    const datagram = 1400;
    const script = [
      "const socket = require('node:dgram').createSocket('udp4');",
      `const bytes = Buffer.alloc(${datagram});`,
      'let left = 10000;',
      "const next = () => left-- > 0 ? socket.send(bytes, 9, left % 2 ? '10.9.9.2' : '127.0.0.1', next)",
      // The sample after it is the last.
      ': setTimeout(() => socket.close(), 6500);',
      'next();',
    ].join(' ');
    const recorded = `exec "${node}" "${home.program}" run --name networked -- "${node}" -e "${script}"`;
    const child = spawn('unshare', ['-n', 'sh', '-c', `${ownNetwork} && ${recorded}`], {
      cwd: home.folder,
      env: home.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = await outcome(child);
    expect(said.code, said.stderr).toBe(0);
    const [run] = await home.json<Run[]>('runs', 'ls', '--last', '1');
    // Half of them, each with the heads of UDP, IP and Ethernet: 28 and 14 bytes.
    const megabytes = (5000 * (datagram + 42)) / 1e6;
    for (const way of ['receive', 'transmit']) {
      const told = run?.metrics[`system/network_${way}_megabytes`]?.value ?? Number.NaN;
      expect(told).toBeGreaterThan(megabytes * 0.95);
      expect(told).toBeLessThan(megabytes + 0.1);
    }
  },
  60_000,
);
