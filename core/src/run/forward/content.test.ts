import { expect, test } from 'vitest';
import type { DatasetInput } from '../data/inputs.ts';
import { createExperiment } from '../experiments.ts';
import { createRun, type Run } from '../runs.ts';
import { newRuns } from '../testing.ts';
import { remoteInput, remoteTags, tagChanges } from './content.ts';

const hex = 'ab'.repeat(32);
const version = (number: number): DatasetInput => ({
  tags: [{ key: 'mlflow.data.context', value: 'training' }],
  dataset: {
    ...{ name: 'xray', digest: `sha256:${hex}`, sourceType: 'forebay', schema: null, profile: null },
    source: JSON.stringify({ ref: `xray@v${number}`, version: number, cache: 'local' }),
  },
});

async function runOf(tags: Record<string, string>, inputs: DatasetInput[]): Promise<Run> {
  const db = await newRuns();
  const experimentId = await createExperiment(db, { name: 'study' }, 1);
  const pairs = Object.entries(tags).map(([key, value]) => ({ key, value }));
  const run = await createRun(db, { experimentId, name: 'first', tags: pairs }, 1);
  await db.destroy();
  return { ...run, inputs };
}

test('a run names its versions by tags, and its parent by the id that it has on the server', async () => {
  const run = await runOf({ 'mlflow.parentRunId': 'here', note: 'x' }, [version(2), version(3)]);
  expect(remoteTags(run, 'there')).toEqual({
    note: 'x',
    'mlflow.runName': 'first',
    'mlflow.parentRunId': 'there',
    'forebay.dataset.xray': `xray@v2 sha256-${hex}, xray@v3 sha256-${hex}`,
    'forebay.run_id': run.id,
  });
  expect(remoteTags(run, undefined)).not.toHaveProperty('mlflow.parentRunId');
});

test('a digest is as long as MLflow takes it, and whole in the source', () => {
  const input = remoteInput(version(2)) as { dataset: { digest: string; source: string } };
  expect(input.dataset.digest).toBe(hex.slice(0, 36));
  expect(JSON.parse(input.dataset.source)).toMatchObject({ ref: 'xray@v2', digest: `sha256:${hex}` });
});

test('only tags that changed are set, and those that have gone are taken away', () => {
  expect(tagChanges({ same: '1', changed: '1', gone: '1' }, { same: '1', changed: '2', fresh: '1' })).toEqual(
    {
      set: [
        { key: 'changed', value: '2' },
        { key: 'fresh', value: '1' },
      ],
      gone: ['gone'],
    },
  );
});
