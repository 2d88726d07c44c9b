import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { Problems } from '../problems.ts';
import type { RunSource, SourceExperiment, SourceRun } from '../source.ts';
import { stageOf, timeOf } from '../values.ts';
import { entriesOf } from '../walk.ts';
import { metasBelow } from './inputs.ts';
import type { Meta } from './meta.ts';
import { readModels } from './models.ts';
import { readPairs } from './pairs.ts';
import { readRun } from './runs.ts';

/** Folders of an experiment that hold no run. */
const reserved = new Set(['tags', 'datasets', 'traces', 'models']);

const hasMeta = (folder: string) =>
  lstatSync(join(folder, 'meta.yaml'), { throwIfNoEntry: false })?.isFile() === true;

/** Whether a folder holds experiments of MLflow, deleted ones included. */
export function isMlflowFolder(folder: string): boolean {
  return [folder, join(folder, '.trash')].some((parent) =>
    entriesOf(parent).some((entry) => entry.isDirectory() && hasMeta(join(parent, entry.name))),
  );
}

/** MLflow's file store, `mlruns/`. */
export function openMlflowFolder(path: string): RunSource {
  const problems = new Problems();
  return {
    kind: 'MLflow folder',
    path,
    problems,
    *experiments() {
      for (const parent of [path, join(path, '.trash')]) {
        for (const [folder, meta] of metasBelow(parent, problems, isExperiment)) {
          const found = problems.attempt(folder, () => experimentOf(path, folder, meta, problems));
          if (found) yield parent === path ? found : { ...found, stage: 'deleted' };
        }
      }
    },
    close() {},
  };
}

/** A folder that some other program left beside them is nobody's loss. */
const isExperiment = (folder: string) =>
  !/[\\/]\.trash$/.test(folder) && (hasMeta(folder) || hasRuns(folder));
const hasRuns = (folder: string) =>
  entriesOf(folder).some((entry) => entry.isDirectory() && hasMeta(join(folder, entry.name)));

function experimentOf(store: string, folder: string, meta: Meta, problems: Problems): SourceExperiment {
  const entries = entriesOf(folder).filter(({ name }) => !reserved.has(name));
  const runs = entries.filter((entry) => entry.isDirectory());
  for (const entry of entries) {
    if (!entry.isSymbolicLink()) continue;
    problems.add(`${join(folder, entry.name)}: it is a link, and was left out.`);
  }
  return {
    name: meta.required('name'),
    stage: stageOf(meta.optional('lifecycle_stage')),
    created: timeOf(meta.optional('creation_time')) ?? null,
    updated: timeOf(meta.optional('last_update_time')) ?? null,
    tags: readPairs(join(folder, 'tags'), problems),
    count: runs.length,
    models: () => readModels(store, folder, problems),
    *runs(): Generator<SourceRun> {
      for (const { name } of runs) {
        const run = problems.attempt(join(folder, name), () =>
          readRun(store, folder, join(folder, name), problems),
        );
        if (run) yield run;
      }
    },
  };
}
