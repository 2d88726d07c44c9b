import { statSync } from 'node:fs';
import { join } from 'node:path';
import { locateArtifacts } from '../locate.ts';
import type { Problems } from '../problems.ts';
import type { RunFacts, SourceRun } from '../source.ts';
import { isId, runStatusOf, stageOf, timeOf } from '../values.ts';
import { filesBelow } from '../walk.ts';
import { readUsed } from './inputs.ts';
import { Meta } from './meta.ts';
import { readSeries } from './metrics.ts';
import { readPairs } from './pairs.ts';

/** The run in a folder. Throws, with a sentence, where it has no right `meta.yaml`. */
export function readRun(store: string, experiment: string, folder: string, problems: Problems): SourceRun {
  const first = Meta.read(folder);
  const id = first.optional('run_id') ?? first.required('run_uuid');
  if (!isId(id)) throw new Error(`its meta.yaml has '${id}' for a run's id.`);
  factsOf(first, id);
  return {
    id,
    points: () => readSeries(join(folder, 'metrics'), problems),
    facts: () => problems.attempt(folder, () => allFacts(store, experiment, folder, id, problems)),
  };
}

/** Read again: a run that went on while its points were read may have ended. */
function allFacts(
  store: string,
  experiment: string,
  folder: string,
  id: string,
  problems: Problems,
): RunFacts {
  const meta = Meta.read(folder);
  const tags = readPairs(join(folder, 'tags'), problems);
  const named = tags.find(({ key }) => key === 'mlflow.runName')?.value;
  return {
    ...factsOf(meta, named ?? id),
    ...readUsed(folder, experiment, problems),
    params: readPairs(join(folder, 'params'), problems),
    tags,
    artifacts: locateArtifacts({
      ...{ uri: meta.optional('artifact_uri') ?? '', store, beside: join(folder, 'artifacts') },
      ending: [id, 'artifacts'],
    }),
    lastWritten: lastWritten(folder, problems),
  };
}

function factsOf(meta: Meta, name: string) {
  const startTime = timeOf(meta.optional('start_time'));
  const status = runStatusOf(meta.optional('status'));
  if (startTime === undefined) throw new Error('its meta.yaml has no right start_time.');
  if (status === undefined) throw new Error('its meta.yaml has no right status.');
  return {
    name: meta.optional('run_name') || meta.optional('name') || name,
    user: meta.optional('user_id') || 'unknown',
    status,
    startTime,
    endTime: timeOf(meta.optional('end_time')) ?? null,
    stage: stageOf(meta.optional('lifecycle_stage')),
  } satisfies Partial<RunFacts>;
}

/** By the times of its files. */
function lastWritten(folder: string, problems: Problems): number {
  const timeAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const series = join(folder, 'metrics');
  let last = timeAt(join(folder, 'meta.yaml'));
  for (const key of filesBelow(series, problems)) last = Math.max(last, timeAt(join(series, key)));
  return Math.round(last);
}
