import { expect, test } from 'vitest';
import type { Run } from '../schemas.ts';
import { compareRuns } from './compareRuns.ts';

const time = '2026-11-23T10:00:00Z';
const run = (more: Partial<Run>): Run => ({
  ...{ id: 'a', name: 'a', experiment: { id: '0', name: 'Default' }, state: 'finished', user: 'ana' },
  ...{ started: time, ended: time, command: ['python', 'train.py'], folder: '/', host: 'h', exitCode: 0 },
  ...{ params: {}, metrics: {}, tags: {}, datasets: [], deleted: false },
  ...more,
});
const metric = (value: number) => ({ value, text: String(value), step: 1, time });
const data = (version: number) => [{ name: 'digits', version, digest: 'd', cache: 'local' }];

test('what differs is told from what is the same, and what only one has is a difference', () => {
  const rows = compareRuns([
    run({ params: { lr: '0.1', depth: '3' }, metrics: { loss: metric(0.5) }, datasets: data(1) }),
    run({
      params: { lr: '0.2', depth: '3', seed: '7' },
      metrics: { loss: metric(0.5), 'system/run_cpu_percentage': metric(99) },
      datasets: data(2),
    }),
  ]);
  expect(rows.map(({ what, values, differs }) => [what, ...values, differs])).toEqual([
    ['data', 'digits@v1', 'digits@v2', true],
    ['command', 'python train.py', 'python train.py', false],
    ['state', 'finished', 'finished', false],
    ['param depth', '3', '3', false],
    ['param lr', '0.1', '0.2', true],
    ['param seed', null, '7', true],
    ['metric loss', '0.5', '0.5', false],
  ]);
});

test('a command is compared without the secrets in it', () => {
  const [command] = compareRuns([run({ command: ['train', '--api-key', 'k1'] })]);
  expect(command?.values).toEqual(['train --api-key ***']);
});
