import path from 'node:path';
import { outputsOf } from '../data/outputs.ts';
import { executionsOf } from '../execution.ts';
import { readExperiment } from '../experiments.ts';
import type { Tracking } from '../mlflow/handler.ts';
import { readOutput } from '../output/output.ts';
import { type Run, readRun } from '../runs.ts';
import type { RunFacts } from './event.ts';
import { jobName } from './naming.ts';

type Records = Pick<Tracking, 'db' | 'folder'>;

/** How much of the end of an output is looked at for its last line, and how long that may be. */
const lastBytes = 4000;
const longestLine = 500;

/** What is known of a run now. Throws `RESOURCE_DOES_NOT_EXIST` for one that is gone. */
export async function readFacts({ db, folder }: Records, runId: string, lake: string): Promise<RunFacts> {
  const run = await readRun(db, runId);
  const { scope, command, execution } = await jobOf({ db, folder }, run);
  return {
    ...{ run, scope, command, lake },
    place: execution ? { folder: execution.folder, host: execution.host } : null,
    exitCode: execution?.exit_code ?? null,
    outputs: await outputsOf(db, runId),
    parent: await parentOf({ db, folder }, run),
    lastLine: run.status === 'RUNNING' || run.status === 'FINISHED' ? '' : await lastLine(folder, runId),
  };
}

async function jobOf({ db }: Records, run: Run) {
  const { name: experiment } = await readExperiment(db, run.experiment_id);
  const execution = (await executionsOf(db, [run.id])).get(run.id);
  const source = run.tags.find(({ key }) => key === 'mlflow.source.name')?.value;
  const known = source === undefined ? [] : [source];
  // A script that names its experiment moves its run there: START and COMPLETE would name two jobs.
  const scope = (execution && path.basename(execution.folder)) || experiment;
  return { scope, execution, command: execution ? (JSON.parse(execution.command) as string[]) : known };
}

async function parentOf(records: Records, run: Run): Promise<RunFacts['parent']> {
  const id = run.tags.find(({ key }) => key === 'mlflow.parentRunId')?.value;
  const parent = id === undefined ? undefined : await readRun(records.db, id).catch(() => undefined);
  if (!parent) return null;
  const { scope, command } = await jobOf(records, parent);
  return { id: parent.id, job: jobName(scope, command) };
}

/** Of a traceback that is the error itself. */
async function lastLine(folder: string, runId: string): Promise<string> {
  const { size } = await readOutput(folder, runId, { from: 0, most: 0 });
  const { bytes } = await readOutput(folder, runId, { from: Math.max(0, size - lastBytes), most: lastBytes });
  const lines = new TextDecoder().decode(bytes).split('\n');
  return (lines.findLast((line) => line.trim() !== '') ?? '').trim().slice(0, longestLine);
}
