import { expect, test } from 'vitest';
import { isValidation } from '../../src/api/run/metricOrder.ts';
import { planCharts, planResources } from './charts.ts';

test('training and validation of one thing share a chart, training first', () => {
  expect(planCharts(['val_loss', 'train_loss', 'accuracy', 'loss', 'latest'])).toEqual([
    { title: 'accuracy', keys: ['accuracy'] },
    { title: 'latest', keys: ['latest'] },
    { title: 'loss', keys: ['loss', 'train_loss', 'val_loss'] },
  ]);
});

test('a part of a word is not a part of the data', () => {
  expect(['val_loss', 'loss/val', 'eval.auc'].every(isValidation)).toBe(true);
  expect(['value', 'interval', 'train_loss', 'testing'].some(isValidation)).toBe(false);
  expect(planCharts(['val', 'value']).map(({ title }) => title)).toEqual(['val', 'value']);
});

test('what a machine did is told from its processor to its network', () => {
  const keys = ['disk_write', 'network_receive', 'other', 'run_cpu', 'run_memory', 'gpu_0_memory'];
  const titles = planResources(keys.map((key) => `system/${key}_megabytes`)).map(({ title }) => title);
  expect(titles).toEqual([
    'Run CPU, MB',
    'GPU memory, MB',
    'Run memory, MB',
    'Disk write, MB',
    'Network receive, MB',
    'Other, MB',
  ]);
});

test('the same of several GPUs shares a chart', () => {
  const keys = ['loss', 'system/gpu_0_power_usage_watts', 'system/gpu_1_power_usage_watts'];
  expect(planResources(keys)).toEqual([{ title: 'GPU power usage, W', keys: keys.slice(1) }]);
});
