import { expect, test } from 'vitest';
import { readLimits } from './limits.ts';
import { readLimitedUse } from './use.ts';

const machine = { memory: 64e9, cores: 16 };

/** A system's files, by path. */
const files = (tree: Record<string, string>) => async (path: string) => tree[path];

const v1Mounts = [
  '32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct',
  '35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory',
  '41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw',
].join('\n');

/** As slurmd (22.05) leaves it on a node with version 1: the job's limit stands above the step. */
const slurmStep = files({
  '/proc/self/cgroup':
    '9:memory:/slurm/uid_1000/job_7/step_0\n3:cpu,cpuacct:/slurm/uid_1000/job_7/step_0\n1:name=systemd:/\n0::/\n',
  '/proc/self/mountinfo': v1Mounts,
  '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
  '/sys/fs/cgroup/memory/slurm/uid_1000/memory.limit_in_bytes': '9223372036854771712\n',
  '/sys/fs/cgroup/memory/slurm/uid_1000/job_7/memory.limit_in_bytes': '8589934592\n',
  '/sys/fs/cgroup/memory/slurm/uid_1000/job_7/memory.usage_in_bytes': '3221225472\n',
  '/sys/fs/cgroup/memory/slurm/uid_1000/job_7/memory.stat':
    'cache 5000\ninactive_file 1\ntotal_inactive_file 1073741824\n',
  '/sys/fs/cgroup/memory/slurm/uid_1000/job_7/step_0/memory.limit_in_bytes': '9223372036854771712\n',
  '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '-1\n',
  '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
  '/sys/fs/cgroup/cpu,cpuacct/slurm/uid_1000/job_7/cpu.cfs_quota_us': '400000\n',
  '/sys/fs/cgroup/cpu,cpuacct/slurm/uid_1000/job_7/cpu.cfs_period_us': '100000\n',
  '/sys/fs/cgroup/cpu,cpuacct/slurm/uid_1000/job_7/cpu.stat':
    'nr_periods 120\nnr_throttled 30\nthrottled_time 1500000000\n',
  '/sys/fs/cgroup/cpu,cpuacct/slurm/uid_1000/job_7/cpuacct.usage': '12500000000\n',
});

/** As a Kubernetes container sees version 2: its own group is the top of the mount. */
const container = files({
  '/proc/self/cgroup': '0::/\n',
  '/proc/self/mountinfo':
    '1300 1290 0:26 / /sys/fs/cgroup ro,nosuid,nodev,noexec,relatime - cgroup2 cgroup rw\n',
  '/sys/fs/cgroup/memory.max': '2147483648\n',
  '/sys/fs/cgroup/memory.current': '1610612736\n',
  '/sys/fs/cgroup/memory.stat': 'anon 1000\nfile 700000000\ninactive_file 536870912\n',
  '/sys/fs/cgroup/cpu.max': '50000 100000\n',
  '/sys/fs/cgroup/cpu.stat':
    'usage_usec 7500000\nuser_usec 7000000\nsystem_usec 500000\nnr_periods 400\nnr_throttled 100\nthrottled_usec 9000000\n',
});

test('version 1: the limit of a Slurm job holds in its step, and what the whole job uses counts', async () => {
  const limits = await readLimits(slurmStep, machine);
  const memory = '/sys/fs/cgroup/memory/slurm/uid_1000/job_7';
  const cpu = '/sys/fs/cgroup/cpu,cpuacct/slurm/uid_1000/job_7';
  expect(limits).toEqual({
    memory: { version: 1, folder: memory, bytes: 2 ** 33 },
    cpu: { version: 1, folder: cpu, cores: 4, counted: cpu },
  });
  expect(await readLimitedUse(slurmStep, limits)).toEqual({
    memory: 2 ** 31,
    cpu: 12.5,
    periods: 120,
    throttled: 30,
  });
});

test('version 2: a container sees its limits at the top, and half a processor', async () => {
  const limits = await readLimits(container, machine);
  expect(limits).toEqual({
    memory: { version: 2, folder: '/sys/fs/cgroup', bytes: 2 ** 31 },
    cpu: { version: 2, folder: '/sys/fs/cgroup', cores: 0.5, counted: '/sys/fs/cgroup' },
  });
  expect(await readLimitedUse(container, limits)).toEqual({
    memory: 2 ** 30,
    cpu: 7.5,
    periods: 400,
    throttled: 100,
  });
});

test('version 2: the tightest limit of those around a service counts', async () => {
  const read = files({
    '/proc/7/cgroup': '0::/user.slice/user-1000.slice/job.scope\n',
    '/proc/7/mountinfo': '30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate\n',
    '/sys/fs/cgroup/user.slice/memory.max': '4000000000\n',
    '/sys/fs/cgroup/user.slice/user-1000.slice/memory.max': '2000000000\n',
    '/sys/fs/cgroup/user.slice/user-1000.slice/job.scope/memory.max': 'max\n',
    '/sys/fs/cgroup/user.slice/user-1000.slice/job.scope/cpu.max': 'max 100000\n',
  });
  expect(await readLimits(read, machine, 7)).toEqual({
    memory: { version: 2, folder: '/sys/fs/cgroup/user.slice/user-1000.slice', bytes: 2e9 },
    cpu: null,
  });
});

test('version 1: a container whose group lies outside of what it sees has its own as the top', async () => {
  const read = files({
    '/proc/self/cgroup': '4:memory:/docker/4f2a/../sub\n2:cpu:/docker/4f2a\n',
    '/proc/self/mountinfo': [
      '700 690 0:32 /docker/4f2a /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory',
      '701 690 0:29 /docker/4f2a /sys/fs/cgroup/cpu\\040time ro - cgroup cgroup rw,cpu',
    ].join('\n'),
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': '1000000000\n',
    '/sys/fs/cgroup/cpu time/cpu.cfs_quota_us': '150000\n',
    '/sys/fs/cgroup/cpu time/cpu.cfs_period_us': '100000\n',
  });
  const { memory, cpu } = await readLimits(read, machine);
  expect([memory?.bytes, cpu?.cores]).toEqual([1e9, 1.5]);
});

test('version 1: where processor time is counted apart, by groups that are not these, it is not told', async () => {
  const read = files({
    '/proc/self/cgroup': '3:cpu:/job\n2:cpuacct:/\n',
    '/proc/self/mountinfo': [
      '1 0 0:1 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu',
      '2 0 0:2 / /sys/fs/cgroup/cpuacct rw - cgroup cgroup rw,cpuacct',
    ].join('\n'),
    '/sys/fs/cgroup/cpu/job/cpu.cfs_quota_us': '50000\n',
    '/sys/fs/cgroup/cpu/job/cpu.cfs_period_us': '100000\n',
    '/sys/fs/cgroup/cpuacct/cpuacct.usage': '12500000000\n',
  });
  const limits = await readLimits(read, machine);
  expect([limits.cpu?.cores, limits.cpu?.counted]).toEqual([0.5, null]);
  expect((await readLimitedUse(read, limits)).cpu).toBeUndefined();
});

test('where nothing is less than the machine has, there is no limit', async () => {
  const read = files({
    '/proc/self/cgroup': '9:memory:/\n3:cpu:/\n',
    '/proc/self/mountinfo': v1Mounts.replaceAll('cpu,cpuacct', 'cpu'),
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
    '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '3200000\n',
    '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
  });
  expect(await readLimits(read, machine)).toEqual({ memory: null, cpu: null });
  expect(await readLimits(files({}), machine)).toEqual({ memory: null, cpu: null });
  const use = await readLimitedUse(files({}), { memory: null, cpu: null });
  expect(Object.values(use).every((each) => each === undefined)).toBe(true);
});
