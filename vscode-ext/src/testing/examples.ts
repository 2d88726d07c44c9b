import type { CacheStore, Dataset, Job, Lease, Placement, Run, Version } from '@forebay/core/api/schemas';

/** Answers of a daemon, as the tests of rows need them. */
const time = '2026-11-23T10:00:00Z';
export const now = Date.parse('2026-11-23T12:00:00Z');

export const version = (part: Partial<Version> = {}): Version => ({
  dataset: 'chest-xray',
  version: 3,
  digest: 'sha256:39735b1603d51c8d05e1c11dc74bccd886734bc0de7aeb39ee11a723b1feda5c',
  parents: [2],
  author: 'ana',
  message: 'drop 214 duplicates',
  time,
  files: 627_615,
  bytes: 38_200_000_000,
  tags: ['raw'],
  added: 0,
  changed: 0,
  removed: 214,
  ...part,
});

export const dataset = (part: Partial<Dataset> = {}): Dataset => ({
  id: 'a',
  name: 'chest-xray',
  description: '',
  labels: [],
  created: time,
  latest: version(),
  ...part,
});

export const placement = (part: Partial<Placement> = {}): Placement => ({
  id: 'p1',
  dataset: 'chest-xray',
  version: 3,
  digest: 'sha256:00',
  selection: null,
  cache: 'gpu-hall',
  site: 'local',
  state: 'ready',
  files: 627_615,
  bytes: 38_200_000_000,
  path: '/cache/chest-xray/v3',
  lastUsed: time,
  expires: '2026-11-24T10:00:00Z',
  pinned: false,
  leases: 0,
  job: null,
  problem: null,
  ...part,
});

export const lease = (part: Partial<Lease> = {}): Lease => ({
  id: 'l1',
  placement: 'p1',
  dataset: 'chest-xray',
  version: 3,
  selection: null,
  cache: 'gpu-hall',
  path: '/cache/chest-xray/v3',
  holder: { kind: 'process', pid: 4711 },
  since: '2026-11-23T11:00:00Z',
  job: null,
  ...part,
});

export const job = (part: Partial<Job> = {}, progress: Partial<Job['progress']> = {}): Job => ({
  id: 'j1',
  kind: 'fill',
  state: 'running',
  title: 'Filling chest-xray@v3',
  dataset: 'chest-xray',
  version: 3,
  cache: 'gpu-hall',
  progress: {
    phase: 'filling',
    files: 389_000,
    filesTotal: 627_615,
    bytes: 23_684_000_000,
    bytesTotal: 38_200_000_000,
    bytesPerSecond: 212_000_000,
    secondsLeft: 68,
    ...progress,
  },
  result: null,
  problem: null,
  created: time,
  ended: null,
  ...part,
});

export const cache = (part: Partial<CacheStore> = {}): CacheStore => ({
  id: 'c1',
  name: 'gpu-hall',
  site: 'local',
  path: '/mnt/gpu-hall',
  capacity: 2_000_000_000_000,
  used: 1_500_000_000_000,
  reserved: 100_000_000_000,
  free: 400_000_000_000,
  inodesFree: null,
  ttlSeconds: 86_400,
  temporary: false,
  reachable: true,
  ...part,
});

export const run = (part: Partial<Run> = {}): Run => ({
  id: '0123456789abcdef0123456789abcdef',
  name: 'keen-creek-417',
  experiment: { id: '0', name: 'Default' },
  state: 'finished',
  user: 'ana',
  started: time,
  ended: '2026-11-23T11:00:00Z',
  command: ['python', 'train.py'],
  folder: '/work',
  host: 'gpu-hall-1',
  exitCode: 0,
  deleted: false,
  params: { depth: '3' },
  metrics: {
    accuracy: { value: 0.981234, text: '0.981234', step: 9, time },
    loss: { value: null, text: 'NaN', step: 9, time },
    'system/run_cpu_percentage': { value: 87, text: '87', step: 3, time },
  },
  tags: {},
  datasets: [{ name: 'chest-xray', digest: 'sha256:00', version: 3, cache: 'gpu-hall' }],
  ...part,
});
