import { expect, test } from 'vitest';
import { readRun } from '../runs.ts';
import { newRun, newRuns } from '../testing.ts';
import { viewOf } from '../view.ts';
import { addInputs } from './inputs.ts';
import { versionInput } from './versionInput.ts';

const versionOf = (name: string, cache: string | null) => ({
  ...{ name, version: 1, digest: `sha256:${name}`, cache },
});

test('runs that read the same versions keep each its own order and caches', async () => {
  const db = await newRuns();
  const read = [
    [versionOf('a', 'local'), versionOf('b', null)],
    [versionOf('b', 'fast'), versionOf('a', null)],
  ];
  for (const versions of read) {
    const run = await readRun(db, await newRun(db));
    await addInputs(db, run, versions.map(versionInput));
    const { inputs } = await readRun(db, run.id);
    const { datasets } = viewOf({ ...run, inputs }, 'Default', { execution: undefined, lost: false });
    expect(datasets).toEqual(versions);
  }
});
