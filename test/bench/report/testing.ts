import type { Sample } from '../measure/sample.ts';
import type { Comparison, Growth } from './results.ts';

/** Made-up results of three rounds for the tests of tables and charts. */
export const machine = {
  processor: 'Test & Co <CPU>',
  cores: 2,
  memoryBytes: 8 * 2 ** 30,
  system: 'Debian GNU/Linux 12, Linux 6.1',
  fileSystem: 'ext4 of 100 GB',
  node: 'v24.0.0',
};

export function samplesOf(values: Record<string, number[]>): Sample[] {
  return Object.entries(values).flatMap(([key, rounds]) => {
    const [peer, work, figure] = key.split(' ') as [string, Sample['work'], Sample['figure']];
    return rounds.map((value, round) => ({ peer, work, figure, round, value }));
  });
}

export const samples = samplesOf({
  'forebay sync seconds': [9.5, 10, 12],
  'raw sync seconds': [8, 9, 10],
  's5cmd sync seconds': [52, 48, 55],
  'restic sync seconds': [15, 16, 14],
  'forebay fill seconds': [4, 4.1, 4.2],
  'tar fill seconds': [5, 5.2, 5.1],
  'forebay unchanged seconds': [0.4, 0.5, 0.6],
  'forebay unchanged inside': [0.2, 0.3, 0.25],
  'find unchanged seconds': [0.17, 0.16, 0.18],
  'forebay diff bytes': [8000, 8000, 8000],
  'forebay diff manifests': [20e6, 20e6, 20e6],
  'forebay sync daemon': [400e6, 450e6, 600e6],
  'forebay sync memory': [500e6, 550e6, 700e6],
  'forebay rest daemon': [90e6, 91e6, 125e6],
});

export const comparison: Comparison = {
  setting: 'small',
  files: { count: 100_000, min: 4000, max: 16_000 },
  bytes: 1.0e9,
  link: null,
  rounds: 3,
  when: '2026-01-02T03:04:05.000Z',
  machine,
  versions: [
    { peer: 'forebay', version: 'Forebay 0.1.0' },
    { peer: 's5cmd', version: 's5cmd 2.3.0' },
  ],
  missing: [{ peer: 'dvc', reason: 'pip needs PyPI for this.' }],
  failed: [],
  samples,
};

export const growth: Growth = {
  when: comparison.when,
  rounds: 1,
  machine,
  version: 'Forebay 0.1.0',
  steps: [1000, 10_000, 100_000].map((count) => ({
    files: { count, min: 1000, max: 2000 },
    bytes: count * 1500,
    samples: samplesOf({
      'forebay sync seconds': [0.5 + count / 10_000],
      'forebay fill seconds': [0.4 + count / 20_000],
      'forebay diff inside': [0.004],
      'forebay sync daemon': [200e6 + count * 1000],
    }),
  })),
};
