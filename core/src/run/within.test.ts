import { afterEach, beforeEach, expect, test } from 'vitest';
import { addInputs } from './data/inputs.ts';
import { beginExecution } from './execution.ts';
import { createExperiment } from './experiments.ts';
import { createRun } from './runs.ts';
import { listDatasets } from './search/datasets.ts';
import type { RunDatabase } from './store/open.ts';
import { newRuns } from './testing.ts';
import { createWithin } from './within.ts';

let db: RunDatabase;
let study: string;
beforeEach(async () => {
  db = await newRuns();
  study = await createExperiment(db, { name: 'study' }, 1);
});
afterEach(() => db.destroy());

async function recordedRun(experimentId: string): Promise<string> {
  const run = await createRun(db, { experimentId }, 1);
  await beginExecution(
    db,
    run.id,
    { command: ['true'], folder: '/', host: 'here', pid: 1, process: null },
    1,
  );
  const digits = { name: 'digits', digest: 'd', sourceType: 's', source: '{}', schema: null, profile: null };
  await addInputs(db, run, [{ tags: [], dataset: digits }]);
  return run.id;
}
const starts = (outer: string, experimentId: string) =>
  createWithin(db, outer, { experimentId, tags: [] }, 2);
const used = async (experimentId: string) => (await listDatasets(db, [experimentId])).map(({ name }) => name);

test('what a script starts below its run goes to the experiment that a person named for it', async () => {
  const outer = await recordedRun(study);
  expect(await starts(outer, '0')).toMatchObject({ id: outer, experiment_id: study });
  const below = await starts(outer, '0');
  expect(below).toMatchObject({ experiment_id: study, inputs: [{ dataset: { name: 'digits' } }] });
});

test('a script that names its experiment takes the run there, and with it what it used', async () => {
  const outer = await recordedRun('0');
  expect([await used('0'), await used(study)]).toEqual([['digits'], []]);
  expect(await starts(outer, study)).toMatchObject({ id: outer, experiment_id: study });
  expect([await used('0'), await used(study)]).toEqual([[], ['digits']]);
});
