import type { Run } from '@forebay/core/api/schemas';
import { secondsAgo } from '@forebay/core/api/testing';
import { emptySnapshot, type Snapshot } from './snapshot.ts';

export const aRun = (more: Partial<Run> = {}): Run => ({
  id: '0123456789abcdef0123456789abcdef',
  name: 'keen-creek-417',
  experiment: { id: '0', name: 'Default' },
  state: 'finished',
  user: 'ana',
  started: secondsAgo(7300),
  ended: secondsAgo(7200),
  command: ['python', 'train.py'],
  folder: '/work',
  host: 'gpu-hall-1',
  exitCode: 0,
  deleted: false,
  params: { depth: '3' },
  metrics: {
    accuracy: { value: 0.981234, text: '0.981234', step: 9, time: secondsAgo(7200) },
    loss: { value: null, text: 'NaN', step: 9, time: secondsAgo(7200) },
    'system/run_cpu_percentage': { value: 87, text: '87', step: 3, time: secondsAgo(7200) },
  },
  tags: {},
  datasets: [{ name: 'digits', digest: 'sha256:00', version: 2, cache: 'local' }],
  ...more,
});

export const aSnapshot = (more: Partial<Snapshot> = {}): Snapshot => ({
  ...emptySnapshot,
  loaded: true,
  ...more,
});
