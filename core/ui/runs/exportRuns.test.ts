import { parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { exampleMetrics, exampleRun } from '../testing.ts';
import { exportCsv, exportParquet } from './exportRuns.ts';

const runs = [
  exampleRun('a', {
    name: 'say "hi",\nthen go',
    params: { lr: '0.1' },
    metrics: exampleMetrics({ loss: 0.25 }),
    tags: {
      'mlflow.note.content': 'best, so far',
      'mlflow.source.git.commit': '0123456789abcdef',
      'mlflow.source.git.branch': 'wider',
    },
  }),
  exampleRun('b', { params: { model: 'cnn' }, metrics: exampleMetrics({ loss: Number.NaN }) }),
];

test('CSV quotes what needs it, and says NaN where a metric is no number', () => {
  const [head, ...rest] = new TextDecoder().decode(exportCsv(runs)).split('\r\n');
  expect(head).toContain(',commit,branch,experiment,');
  expect(head).toContain('metric:loss,param:lr,param:model,note');
  expect(rest[0]).toMatch(/^"say ""hi"",\nthen go",finished,2026-11-23T10:00:00.000Z,120,/);
  expect(rest[0]).toMatch(/,0\.25,0\.1,,"best, so far"$/);
  expect(head).not.toContain('tag:mlflow.source.git');
  expect(rest[1]).toMatch(/,NaN,,cnn,$/);
});

test('Parquet keeps numbers as numbers, NaN as NaN, and what a run lacks as null', async () => {
  const file = exportParquet(runs).buffer as ArrayBuffer;
  const [first, second] = await parquetReadObjects({ file });
  expect(first).toMatchObject({
    name: 'say "hi",\nthen go',
    'metric:loss': 0.25,
    'param:lr': 0.1,
    'duration (s)': 120,
    commit: '0123456789abcdef',
    branch: 'wider',
  });
  expect(second).toMatchObject({
    'metric:loss': Number.NaN,
    'param:lr': null,
    'param:model': 'cnn',
    commit: null,
  });
});
