import type { DatasetInput } from '../data/inputs.ts';
import { numberOf } from '../metric/point.ts';
import { doubleOf } from '../mlflow/shapes.ts';
import type { Run } from '../runs.ts';
import type { ModelMetricRow } from '../store/tables.ts';
import type { Tag } from '../tags.ts';
import { sourceIn } from '../view.ts';

/** The tag by which a run is found again on the server. */
export const originTag = 'forebay.run_id';
const parentTag = 'mlflow.parentRunId';

/** As long as MLflow's servers take (mlflow/utils/validation.py). */
const longestDigest = 36;

/** The run's tags as they stand on the server: its parent by the id that it has there, its versions by name. */
export function remoteTags(run: Run, parent: string | undefined): Record<string, string> {
  const own = run.tags.filter(({ key }) => key !== parentTag).map(({ key, value }) => [key, value] as const);
  return {
    ...Object.fromEntries(own),
    ...(parent === undefined ? {} : { [parentTag]: parent }),
    ...versionTags(run.inputs),
    [originTag]: run.id,
  };
}

export const parentOf = (run: Run): string | undefined =>
  run.tags.find(({ key }) => key === parentTag)?.value;

/** `forebay.dataset.NAME` = `NAME@v3 sha256-HEX`, of several versions one after the other. */
function versionTags(inputs: readonly DatasetInput[]): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const { dataset } of inputs) {
    const own = sourceIn(dataset.sourceType, dataset.source);
    if (own === null) continue;
    const ref = `${dataset.name}@v${own.version}`;
    const key = `forebay.dataset.${dataset.name}`;
    const text = `${ref} ${dataset.digest.replace(':', '-')}`;
    tags[key] = tags[key] === undefined ? text : `${tags[key]}, ${text}`;
  }
  return tags;
}

/** A dataset as `runs/log-inputs` takes it; a digest that is longer than it may be stands whole in the source. */
export function remoteInput({ tags, dataset }: DatasetInput): object {
  const { name, digest, sourceType, source, schema, profile } = dataset;
  const own = sourceIn(sourceType, source) !== null;
  return {
    tags,
    dataset: {
      name,
      digest: digest.replace(/^sha256[:-]/, '').slice(0, longestDigest),
      source_type: sourceType,
      source: own ? JSON.stringify({ ...JSON.parse(source), digest }) : source,
      ...(schema === null ? {} : { schema }),
      ...(profile === null ? {} : { profile }),
    },
  };
}

export const inputKey = ({ dataset }: DatasetInput): string => `${dataset.name} ${dataset.digest}`;

export const measureKey = ({ model_id, key, dataset_name, dataset_digest }: ModelMetricRow): string =>
  JSON.stringify([model_id, key, dataset_name, dataset_digest]);

export const measureStamp = ({ step, time, value }: ModelMetricRow): string => `${step} ${time} ${value}`;

/** A point of a model, as `runs/log-batch` takes it. */
export function remoteMeasure(metric: ModelMetricRow, modelId: string): object {
  const { key, value, step, time, dataset_name, dataset_digest } = metric;
  const dataset = dataset_name === '' ? {} : { dataset_name, dataset_digest };
  return {
    ...{ key, value: doubleOf(numberOf(value)), step, timestamp: time },
    ...{ model_id: modelId, ...dataset },
  };
}

/** What the server knows of a run's plain facts. */
export interface Sent {
  /** The experiment that it was made in. */
  experiment?: string;
  name?: string;
  status?: string;
  endTime?: number | null;
  tags?: Record<string, string>;
  /** Keys: values never change. */
  params?: string[];
  inputs?: string[];
  /** Models that it used or made. */
  models?: string[];
  /** What it measured of models, with the newest point of each. */
  measures?: Record<string, string>;
}

export const pairsOf = (values: Record<string, string>): Tag[] =>
  Object.entries(values).map(([key, value]) => ({ key, value }));

/** What is to be said of tags: new and changed ones, and those that have gone. */
export function tagChanges(before: Record<string, string>, now: Record<string, string>) {
  return {
    set: pairsOf(now).filter(({ key, value }) => before[key] !== value),
    gone: Object.keys(before).filter((key) => !(key in now)),
  };
}

export function inParts<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}
