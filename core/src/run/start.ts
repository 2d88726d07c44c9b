import type { RunRequest } from '../api/index.ts';
import { withoutSecrets } from '../api/run/withoutSecrets.ts';
import { addInputs } from './data/inputs.ts';
import { versionInput } from './data/versionInput.ts';
import { TrackingError } from './error.ts';
import { createExperiment, defaultExperiment, readExperimentByName } from './experiments.ts';
import type { Tracking } from './mlflow/handler.ts';
import { checkKey, isKey } from './names.ts';
import { setParams } from './params.ts';
import { createRun } from './runs.ts';
import type { RunDatabase } from './store/open.ts';

/** A run of a command that is about to start; its id. */
export async function startRun({ db, now }: Tracking, request: RunRequest): Promise<string> {
  const { experiment, name, user, params = {}, tags = {}, datasets = [] } = request;
  // Before the run is there: one that can't be started leaves none that runs for ever.
  for (const key of Object.keys(params)) checkKey('parameter', key);
  const shown = Object.entries(request.arguments ?? {}).filter(
    ([key]) => !Object.hasOwn(params, key) && isKey('parameter', key),
  );
  const experimentId = experiment === undefined ? defaultExperiment.id : await named(db, experiment, now());
  const run = await createRun(
    db,
    {
      experimentId,
      user,
      name,
      tags: pairs({
        'mlflow.user': user,
        'mlflow.source.name': withoutSecrets(request.command).join(' '),
        ...tags,
      }),
    },
    now(),
  );
  await setParams(db, run.id, pairs(params), 'declared');
  await setParams(db, run.id, pairs(Object.fromEntries(shown)), 'argument');
  await addInputs(db, run, datasets.map(versionInput));
  return run.id;
}

const pairs = (values: Record<string, string>) =>
  Object.entries(values).map(([key, value]) => ({ key, value }));

async function named(db: RunDatabase, name: string, now: number): Promise<string> {
  const found = await readExperimentByName(db, name).catch((error: unknown) => {
    if (error instanceof TrackingError && error.code === 'RESOURCE_DOES_NOT_EXIST') return undefined;
    throw error;
  });
  return found?.id ?? createExperiment(db, { name }, now);
}
