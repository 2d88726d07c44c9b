import type { RunState, Run as RunView } from '../api/index.ts';
import { codeTag, lostTag, noteTag } from '../api/run/runTags.ts';
import type { DatasetInput } from './data/inputs.ts';
import { cacheTag, forebaySource } from './data/versionInput.ts';
import type { Run } from './runs.ts';
import type { ExecutionRow } from './store/tables.ts';

const states: Record<Run['status'], RunState> = {
  RUNNING: 'running',
  SCHEDULED: 'scheduled',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'killed',
};

/** `lost`: its runner was never heard of again. */
export const stateOf = (status: Run['status'], lost: boolean): RunState => (lost ? 'lost' : states[status]);

/** A run as the hub's own API tells of it; `lost`: it was imported, and nobody writes it any more. */
export function viewOf(
  run: Run,
  experimentName: string,
  { execution, lost }: { execution: ExecutionRow | undefined; lost: boolean },
): RunView {
  const metrics = run.metrics.map(({ key, value, step, time }) => {
    const number = Number.isFinite(value) ? value : null;
    return [key, { value: number, text: String(value), step, time: isoTime(time) }] as const;
  });
  return {
    id: run.id,
    name: run.name,
    experiment: { id: run.experiment_id, name: experimentName },
    state: stateOf(run.status, lost || execution?.lost === 1 || run.tags.some(({ key }) => key === lostTag)),
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
    deleted: run.stage === 'deleted',
  };
}

/** MLflow's own tags that a list shows. */
const listed: readonly string[] = [noteTag, codeTag.commit, codeTag.branch];

/** For lists of thousands: without what its machine measured, and without the rest of MLflow's own tags. */
export function briefly(run: RunView): RunView {
  const metrics = Object.entries(run.metrics).filter(([key]) => !key.startsWith('system/'));
  const tags = Object.entries(run.tags).filter(([key]) => listed.includes(key) || !key.startsWith('mlflow.'));
  return { ...run, metrics: Object.fromEntries(metrics), tags: Object.fromEntries(tags) };
}

/**
 * Which version a run read, and from which cache; null for a dataset that isn't a version of Forebay. Any client may write
 * here, so what doesn't read as ours isn't.
 */
export function sourceIn(
  sourceType: string,
  source: string,
): { version: number; cache: string | null } | null {
  if (sourceType !== forebaySource) return null;
  try {
    const { version, cache } = JSON.parse(source) as Record<string, unknown>;
    if (!Number.isSafeInteger(version) || (version as number) < 0) return null;
    return { version: version as number, cache: typeof cache === 'string' ? cache : null };
  } catch {
    return null;
  }
}

function datasetOf({ dataset, tags }: DatasetInput): RunView['datasets'][number] {
  const { name, digest, sourceType, source } = dataset;
  const found = sourceIn(sourceType, source);
  if (!found) return { name, digest, version: null, cache: null };
  // Runs of before have it in the source alone.
  const told = tags.find(({ key }) => key === cacheTag)?.value;
  return { name, digest, version: found.version, cache: told === undefined ? found.cache : told || null };
}

export const isoTime = (milliseconds: number) => new Date(milliseconds).toISOString();
