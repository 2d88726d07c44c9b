import { expect, test } from 'vitest';
import type { Source } from '../series.ts';
import { legendTable } from './legendTable.ts';

const line = (runId: string, key: string): Source => ({
  ...{ key, runId, name: `${runId} ${key}`, runName: runId, colour: '#000000', dashed: false, start: 0 },
});

test('two series of two runs are a table; one of them alone, or of many runs, a list', () => {
  const table = legendTable([line('a', 'loss'), line('a', 'val_loss'), line('b', 'loss')]);
  expect(table?.keys).toEqual(['loss', 'val_loss']);
  expect(table?.runs.map(({ runName }) => runName)).toEqual(['a', 'b']);
  expect(legendTable([line('a', 'loss'), line('b', 'loss')])).toBeNull();
  expect(legendTable([line('a', 'loss'), line('a', 'val_loss')])).toBeNull();
  const many = ['a', 'b', 'c', 'd', 'e'].flatMap((run) => [line(run, 'loss'), line(run, 'val_loss')]);
  expect(legendTable(many)).toBeNull();
});
