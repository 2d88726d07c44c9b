import type { RunState, Run as RunView } from '../api/index.ts';
import type { DatasetInput } from './inputs.ts';
import type { Run } from './runs.ts';
import type { ExecutionRow } from './store/tables.ts';

const states: Record<Run['status'], RunState> = {
  RUNNING: 'running',
  SCHEDULED: 'scheduled',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'killed',
};

/** `source_type` of datasets that are versions of Forebay. */
export const forebaySource = 'forebay';

/** A run as the hub's own API tells of it. */
export function viewOf(run: Run, experimentName: string, execution: ExecutionRow | undefined): RunView {
  const metrics = run.metrics.map(({ key, value, step, time }) => {
    const number = Number.isFinite(value) ? value : null;
    return [key, { value: number, text: String(value), step, time: isoTime(time) }] as const;
  });
  return {
    id: run.id,
    name: run.name,
    experiment: { id: run.experiment_id, name: experimentName },
    state: execution?.lost ? 'lost' : states[run.status],
    user: run.user,
    started: isoTime(run.start_time),
    ended: run.end_time === null ? null : isoTime(run.end_time),
    command: execution ? (JSON.parse(execution.command) as string[]) : null,
    folder: execution?.folder ?? null,
    host: execution?.host ?? null,
    exitCode: execution?.exit_code ?? null,
    params: Object.fromEntries(run.params.map(({ key, value }) => [key, value])),
    metrics: Object.fromEntries(metrics),
    tags: Object.fromEntries(run.tags.map(({ key, value }) => [key, value])),
    datasets: run.inputs.map(datasetOf),
  };
}

function datasetOf({ dataset }: DatasetInput): RunView['datasets'][number] {
  const { name, digest, sourceType, source } = dataset;
  if (sourceType !== forebaySource) return { name, digest, version: null, cache: null };
  const { version, cache } = JSON.parse(source) as { version: number; cache: string };
  return { name, digest, version, cache };
}

const isoTime = (milliseconds: number) => new Date(milliseconds).toISOString();
