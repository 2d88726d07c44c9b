import type { CacheStore, Dataset, Job, Placement, Progress, Version } from './schemas.ts';

/** Examples for the tests beside; each says only what matters to it. */
export const now = Date.parse('2026-03-01T12:00:00Z');
export const secondsAgo = (seconds: number) => new Date(now - seconds * 1000).toISOString();

export const aVersion = (dataset: string, version: number, more: Partial<Version> = {}): Version => ({
  dataset,
  version,
  digest: 'sha256:00',
  parents: version > 1 ? [version - 1] : [],
  author: 'ana',
  message: '',
  time: secondsAgo(7200),
  files: 1797,
  bytes: 38_200_000_000,
  tags: [],
  added: 0,
  changed: 0,
  removed: 0,
  ...more,
});

export const aDataset = (name: string, latest: number, description = ''): Dataset => ({
  id: name,
  name,
  description,
  labels: [],
  created: secondsAgo(86_400),
  latest: latest === 0 ? null : aVersion(name, latest),
});

export const aPlacement = (
  dataset: string,
  version: number,
  state: Placement['state'],
  more: Partial<Placement> = {},
): Placement => ({
  id: `${dataset}-${version}-${state}`,
  dataset,
  version,
  digest: 'sha256:00',
  selection: null,
  cache: 'gpu-hall',
  site: 'here',
  state,
  files: 1797,
  bytes: 1000,
  path: state === 'ready' ? '/cache/x' : null,
  lastUsed: secondsAgo(60),
  expires: null,
  pinned: false,
  leases: 0,
  job: null,
  problem: null,
  ...more,
});

export const aProgress = (more: Partial<Progress> = {}): Progress => ({
  phase: 'filling',
  files: 0,
  filesTotal: null,
  bytes: 0,
  bytesTotal: null,
  bytesPerSecond: null,
  secondsLeft: null,
  ...more,
});

export const aJob = (id: string, more: Partial<Job> = {}): Job => ({
  id,
  kind: 'fill',
  state: 'running',
  title: `Filling ${id}`,
  dataset: null,
  version: null,
  cache: null,
  progress: aProgress(),
  result: null,
  problem: null,
  created: secondsAgo(10),
  ended: null,
  ...more,
});

export const aCache = (more: Partial<CacheStore> = {}): CacheStore => ({
  id: 'c',
  name: 'gpu-hall',
  site: 'here',
  path: '/cache',
  capacity: 1000,
  used: 0,
  reserved: 0,
  free: 1000,
  inodesFree: null,
  ttlSeconds: 86_400,
  temporary: false,
  reachable: true,
  ...more,
});
