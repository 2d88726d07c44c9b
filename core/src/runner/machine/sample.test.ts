import { expect, test } from 'vitest';
import type { Limits } from '../../run/environment/cgroup/limits.ts';
import { parseTraffic } from './network.ts';
import { type MachineSample, machineValues } from './sample.ts';

const dev = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 836314995462 55640636    0    0    0     0          0         0 836314995462 55640636    0    0    0     0       0          0
  eth0: 14778592479  492749    0    0    0     0          0         0 40187796  351102    0    0    0     0       0          0
  eth1:1000  1    0    0    0     0          0         0 500  1    0    0    0     0       0          0
`;

test('traffic is that of all interfaces but the loopback', () => {
  expect(parseTraffic(dev)).toEqual({ received: 14_778_593_479, sent: 40_188_296 });
  expect(parseTraffic('')).toEqual({ received: 0, sent: 0 });
});

const unlimited = { memory: undefined, cpu: undefined, periods: undefined, throttled: undefined };
const sampleAt = (time: number, change: Partial<MachineSample>): MachineSample => ({
  processor: { busy: 0, all: 0 },
  memory: { used: 8e9, total: 32e9 },
  limited: unlimited,
  traffic: { received: 1e9, sent: 2e9 },
  time,
  ...change,
});

test('without limits the machine counts, and traffic since the command began', () => {
  const first = sampleAt(0, {});
  const before = sampleAt(5, { processor: { busy: 1000, all: 4000 } });
  const now = sampleAt(10, {
    processor: { busy: 2500, all: 6000 },
    traffic: { received: 1.5e9, sent: 2.25e9 },
  });
  expect(machineValues({ memory: null, cpu: null }, { now, before, first })).toEqual({
    'system/cpu_utilization_percentage': 75,
    'system/system_memory_usage_megabytes': 8000,
    'system/system_memory_usage_percentage': 25,
    'system/network_receive_megabytes': 500,
    'system/network_transmit_megabytes': 250,
  });
});

test('under limits they are what is a hundred percent', () => {
  const limits: Limits = {
    memory: { version: 2, folder: '/g', bytes: 4e9 },
    cpu: { version: 2, folder: '/g', counted: '/g', cores: 0.5 },
  };
  const limited = (cpu: number, periods: number, throttled: number) => ({
    limited: { memory: 3e9, cpu, periods, throttled },
    traffic: undefined,
  });
  const before = sampleAt(5, limited(1, 100, 10));
  const now = sampleAt(15, limited(5, 200, 60));
  expect(machineValues(limits, { now, before, first: before })).toEqual({
    'system/cpu_utilization_percentage': 80,
    'system/run_cpu_throttled_percentage': 50,
    'system/system_memory_usage_megabytes': 3000,
    'system/system_memory_usage_percentage': 75,
  });
});
