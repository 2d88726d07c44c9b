import type { LineageModel, LineageRun, LineageVersion } from '../../api/index.ts';
import type { DatasetRow, ExecutionRow, ModelRow, OutputRow, RunRow } from '../store/tables.ts';
import { isoTime, sourceIn, stateOf } from '../view.ts';

/** Names a version by its dataset and content, as a reference does. */
export const versionId = (name: string, digest: string) => `${name}@${digest.replace(':', '-')}`;

/** A dataset that a run read; whether it is still there only the lake knows. */
export function readVersion(
  row: Pick<DatasetRow, 'name' | 'digest' | 'source_type' | 'source'>,
): LineageVersion {
  const { name, digest } = row;
  const version = sourceIn(row.source_type, row.source)?.version ?? null;
  const foreign = version === null;
  const facts = { state: foreign ? ('foreign' as const) : ('unknown' as const), files: null, bytes: null };
  return { kind: 'version', id: versionId(name, digest), name, version, digest, ...facts, time: null };
}

/** A version that a run made. */
export function madeVersion({ name, version, digest, files, bytes, made }: OutputRow): LineageVersion {
  const id = versionId(name, digest);
  return { kind: 'version', id, name, version, digest, state: 'unknown', files, bytes, time: isoTime(made) };
}

export type ShownRun = Pick<RunRow, 'id' | 'name' | 'status' | 'stage' | 'start_time' | 'end_time'> & {
  experiment: string;
  lost: ExecutionRow['lost'] | null;
};

export function runNode(run: ShownRun): LineageRun {
  const { id, name, experiment, status, stage, lost, start_time, end_time } = run;
  return {
    ...{
      kind: 'run',
      id,
      name,
      experiment,
      state: stateOf(status, lost === 1),
      deleted: stage === 'deleted',
    },
    started: isoTime(start_time),
    ended: end_time === null ? null : isoTime(end_time),
  };
}

export function modelNode({ id, name, type, created }: ModelRow): LineageModel {
  return { kind: 'model', id, name, type, created: isoTime(created) };
}
